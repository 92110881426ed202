-- The targets of the run $1 with rejects that were closed by no run, or by one
-- that cannot have done it.
WITH closed AS (
	SELECT target, closed_by, sum(records) AS records
	FROM mh.reject
	WHERE run = $1 AND closed_by IS NOT NULL
	GROUP BY target, closed_by
), load AS (
	SELECT run, target, id
	FROM mh.stage
	WHERE tool = 'mh-load'
)
SELECT c.target, c.closed_by, c.records,
	CASE WHEN NOT EXISTS (SELECT FROM mh.run WHERE run.run = c.closed_by)
			THEN 'is no run'
		WHEN later.id IS NULL THEN 'did not load the table'
		ELSE 'loaded the table before' END
FROM closed c
LEFT JOIN load later ON (later.run, later.target) = (c.closed_by, c.target)
LEFT JOIN load ON (load.run, load.target) = ($1, c.target)
WHERE later.id IS NULL OR later.id < load.id
ORDER BY c.target, c.closed_by;
