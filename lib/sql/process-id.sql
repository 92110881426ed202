-- One process_id for a load; null where there is no such sequence.
SELECT 'abc' || nextval(to_regclass('process_id_seq'));
