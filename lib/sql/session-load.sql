-- A constraint that waits for the commit would take all the rows with it.
SET CONSTRAINTS ALL IMMEDIATE;
-- the joins of a load want their hash tables in memory
SET LOCAL work_mem = '64MB';
