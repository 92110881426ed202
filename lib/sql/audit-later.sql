-- Should the ledger have a run called $1 that began at $2, and has not? What is
-- older than its first run it need not have.
SELECT NOT EXISTS (SELECT FROM mh.run WHERE run = $1)
	AND $2::text COLLATE "C" >= (SELECT to_char(min(began) AT TIME ZONE 'UTC',
		'YYYY-MM-DD"T"HH24:MI:SS"Z"') FROM mh.run);
