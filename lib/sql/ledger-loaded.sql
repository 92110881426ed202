-- Has the run $1 loaded the table $2?
SELECT EXISTS (SELECT FROM mh.stage WHERE run = $1 AND target = $2);
