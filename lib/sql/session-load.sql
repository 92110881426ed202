-- A constraint that waits for the commit would take all the rows with it.
SET CONSTRAINTS ALL IMMEDIATE;
-- the joins of a load want their hash tables in memory
SET LOCAL work_mem = '64MB';
-- what it would gain on one statement it takes to compile; unknown before 11
SELECT set_config('jit', 'off', true) FROM pg_settings WHERE name = 'jit';
