-- What is of runs, and of programs, that are not there.
SELECT s.run, s.target, 'the ledger has a load of a run that it does not have'
FROM mh.stage s
WHERE NOT EXISTS (SELECT FROM mh.run WHERE run.run = s.run)
UNION
SELECT v.run, v.target, format('mh.%s has rows of a program that mh.stage does '
	'not have', v.name)
FROM (SELECT run, target, place, 'reject' FROM mh.reject
	UNION ALL
	SELECT run, target, place, 'expectation' FROM mh.expectation
) AS v (run, target, place, name)
WHERE NOT EXISTS (SELECT FROM mh.stage s
	WHERE (s.run, s.target, s.place) = (v.run, v.target, v.place))
ORDER BY 1, 2, 3;
