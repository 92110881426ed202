-- The targets of the run $1 with rejects that were closed by no run.
SELECT r.target, r.closed_by, sum(r.records)
FROM mh.reject r
WHERE r.run = $1 AND r.closed_by IS NOT NULL
	AND NOT EXISTS (SELECT FROM mh.run WHERE run.run = r.closed_by)
GROUP BY r.target, r.closed_by
ORDER BY r.target, r.closed_by;
