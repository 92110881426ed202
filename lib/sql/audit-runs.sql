-- The runs to audit: $1, or all if $2, else the last that ended well.
SELECT run, status
FROM mh.run
WHERE CASE WHEN $1::text IS NOT NULL THEN run = $1
	WHEN $2::boolean THEN true
	ELSE run = (SELECT max(run) FROM mh.run WHERE status = 0) END
ORDER BY run;
