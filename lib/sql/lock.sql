-- One load at a time for a table ($1, its oid), until the transaction ends.
-- The upper half of the key, "mh" in ASCII, keeps clear of others' locks.
SELECT pg_advisory_xact_lock((28008::bigint << 32) | $1::bigint);
