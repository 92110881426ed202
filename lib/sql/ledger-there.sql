-- Does the database have a ledger?
SELECT to_regclass('mh.stage') IS NOT NULL;
