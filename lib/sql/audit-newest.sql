-- The run whose load of the table $1 was the last.
SELECT run
FROM mh.stage
WHERE target = $1 AND tool = 'mh-load'
ORDER BY id DESC
LIMIT 1;
