-- What was loaded by runs that are not there.
SELECT s.run, s.target
FROM mh.stage s
WHERE NOT EXISTS (SELECT FROM mh.run WHERE run.run = s.run)
GROUP BY s.run, s.target
ORDER BY s.run, s.target;
