-- The ledger: the books of every load inside a run, which mh-load writes in
-- the transaction of the data. What does not add up cannot be written: every
-- program keeps its law, takes in what the one before it gave, and has a
-- reason for each record that it rejected.
CREATE SCHEMA IF NOT EXISTS mh;
COMMENT ON SCHEMA mh IS 'The ledger: the books of every load inside a run';

-- A sum modulo 2^64, as the 16 hexadecimal digits that books have.
CREATE OR REPLACE FUNCTION mh.sum64(sum numeric) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	-- moved by half the range, so that what is left fits a bigint's
	SELECT lpad(to_hex((mod(mod(coalesce(sum, 0), 18446744073709551616)
		+ 27670116110564327424, 18446744073709551616)
		- 9223372036854775808)::bigint), 16, '0')
$$;
COMMENT ON FUNCTION mh.sum64 IS
	'A sum modulo 2^64 in 16 hexadecimal digits; of nothing, that of 0';

-- What the last stage of each list gave.
CREATE OR REPLACE FUNCTION mh.given(inputs jsonb) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT sum((list->-1->>'out')::numeric)
	FROM jsonb_array_elements(inputs) AS v (list)
$$;
COMMENT ON FUNCTION mh.given IS
	'The records that lists of stages gave, all together';

-- Lines that were no records, and that no expectation could be asked about:
-- those rejected for the reasons of the reader, unless an expectation has
-- such a name.
CREATE OR REPLACE FUNCTION mh.faults(books jsonb) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT coalesce(sum((r->>'records')::bigint), 0)::bigint
	FROM jsonb_array_elements(books->'reasons') AS v (r)
	WHERE r->>'field' IS NULL
		AND r->>'reason' IN ('json', 'utf8', 'duplicate_key',
			'reserved', 'too_long')
		AND NOT EXISTS (
			SELECT FROM jsonb_array_elements(books->'expectations')
				AS w (e)
			WHERE e->>'name' = r->>'reason')
$$;
COMMENT ON FUNCTION mh.faults IS
	'The lines that were no records, by the books of a stage';

CREATE TABLE IF NOT EXISTS mh.run (
	run text COLLATE "C" PRIMARY KEY,
	began timestamptz NOT NULL DEFAULT now(),
	ended timestamptz,
	status int,
	CONSTRAINT run_name CHECK (run <> ''),
	CONSTRAINT run_end CHECK ((ended IS NULL) = (status IS NULL)
		AND status BETWEEN 0 AND 255)
);
COMMENT ON TABLE mh.run IS 'The runs that loaded anything';
COMMENT ON COLUMN mh.run.run IS 'Its name: MH_RUN';
COMMENT ON COLUMN mh.run.began IS
	'When it began, or when its first load was entered';
COMMENT ON COLUMN mh.run.ended IS 'When it ended, if anybody said so';
COMMENT ON COLUMN mh.run.status IS 'The exit status that it ended with';

-- A row for each program of a load's pipe.
CREATE TABLE IF NOT EXISTS mh.stage (
	id bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
	run text COLLATE "C" NOT NULL REFERENCES mh.run,
	target text COLLATE "C" NOT NULL,
	place int NOT NULL,
	tool text NOT NULL,
	records_in bigint NOT NULL,
	records_out bigint NOT NULL,
	rejected bigint NOT NULL,
	rows bigint,
	hash text,
	books jsonb NOT NULL,
	before int GENERATED ALWAYS AS (nullif(place - 1, 0)) STORED,
	tested bigint GENERATED ALWAYS AS (records_in - mh.faults(books))
		STORED,
	PRIMARY KEY (run, target, place),
	-- for those who refer to a count
	UNIQUE (run, target, place, records_out),
	UNIQUE (run, target, place, tested),
	CONSTRAINT handing_on FOREIGN KEY (run, target, before, records_in)
		REFERENCES mh.stage (run, target, place, records_out),
	CONSTRAINT counts CHECK (place > 0 AND records_in >= 0
		AND records_out >= 0 AND rejected >= 0 AND rows >= 0),
	CONSTRAINT stage_books CHECK ((tool = books->>'tool'
		AND records_in = (books->>'in')::bigint
		AND rejected = (books->>'rejected')::bigint
		AND (tool = 'mh-load' OR records_out = (books->>'out')::bigint)
		) IS TRUE),
	CONSTRAINT table_hash CHECK ((tool = 'mh-load') = (rows IS NOT NULL)
		AND (tool = 'mh-load') = (hash IS NOT NULL)
		AND hash ~ '^[0-9a-f]{16}$'),
	-- The laws. A count that the books lack must not let them pass as
	-- unknown: hence IS TRUE.
	CONSTRAINT law CHECK (tool IN ('mh-join', 'mh-aggregate', 'mh-wrap',
			'mh-rejects')
		-- of the shards of others only who has one speaks
		OR records_in = records_out + rejected
			+ coalesce((books->>'elsewhere')::bigint, 0)),
	CONSTRAINT law_of_join CHECK (tool <> 'mh-join' OR (
		records_in = (books->>'matched')::bigint
			+ (books->>'unmatched')::bigint + rejected
			+ coalesce((books->>'elsewhere')::bigint, 0)
		AND records_out - (books->>'pairs')::bigint
			IN (0, (books->>'unmatched')::bigint)) IS TRUE),
	CONSTRAINT law_of_aggregate CHECK (tool <> 'mh-aggregate' OR (
		records_out = (books->>'groups')::bigint
		AND records_out <= greatest(records_in - rejected, 1)) IS TRUE),
	-- what a foreign program made of the records is its own affair
	CONSTRAINT law_of_wrap CHECK (tool <> 'mh-wrap' OR
		coalesce((books->>'produced')::bigint, records_in)
			= records_out + rejected),
	CONSTRAINT law_of_rejects CHECK (tool <> 'mh-rejects' OR (
		records_in = records_out + (books->>'skipped')::bigint
			+ rejected) IS TRUE),
	CONSTRAINT law_of_cat CHECK (tool <> 'cat' OR (
		records_in = mh.given(books->'inputs')) IS TRUE),
	CONSTRAINT law_of_load CHECK (tool <> 'mh-load' OR (
		records_out = (books->>'inserted')::bigint
			+ (books->>'updated')::bigint
			+ (books->>'unchanged')::bigint) IS TRUE)
);
COMMENT ON TABLE mh.stage IS
	'The programs of a load''s pipe, each with its books';
COMMENT ON COLUMN mh.stage.id IS 'In the order in which they were entered';
COMMENT ON COLUMN mh.stage.target IS 'The table loaded, silver.pedidos';
COMMENT ON COLUMN mh.stage.place IS
	'The place in the pipe, from 1; the last is the load''s';
COMMENT ON COLUMN mh.stage.tool IS
	'The program; cat for several streams that were read as one';
COMMENT ON COLUMN mh.stage.records_in IS 'Records read';
COMMENT ON COLUMN mh.stage.records_out IS
	'Records written; of mh-load, inserted + updated + unchanged';
COMMENT ON COLUMN mh.stage.rejected IS
	'Records rejected: the sum of mh.reject without the warnings';
COMMENT ON COLUMN mh.stage.rows IS
	'Of mh-load: the rows of the whole table after it';
COMMENT ON COLUMN mh.stage.hash IS
	'Of mh-load: mh.sum64 of the hashes of these rows, in any order';
COMMENT ON COLUMN mh.stage.books IS
	'All that the program said, as in its seal; see mh-record(5)';
COMMENT ON COLUMN mh.stage.before IS 'The place before this one';
COMMENT ON COLUMN mh.stage.tested IS
	'Records that an expectation could be asked about';

CREATE TABLE IF NOT EXISTS mh.reject (
	run text COLLATE "C" NOT NULL,
	target text COLLATE "C" NOT NULL,
	place int NOT NULL,
	reason text NOT NULL,
	field text,
	severity text NOT NULL,
	records bigint NOT NULL,
	closed_by text COLLATE "C" REFERENCES mh.run,
	UNIQUE (run, target, place, reason, severity, field),
	FOREIGN KEY (run, target, place) REFERENCES mh.stage,
	CONSTRAINT severities CHECK (severity IN ('warn', 'drop', 'fail')),
	CONSTRAINT counts CHECK (records > 0),
	CONSTRAINT closed_later CHECK (closed_by <> run)
);
CREATE UNIQUE INDEX IF NOT EXISTS reject_of_records
	ON mh.reject (run, target, place, reason, severity)
	WHERE field IS NULL;
CREATE INDEX IF NOT EXISTS reject_open ON mh.reject (target)
	WHERE closed_by IS NULL;
COMMENT ON TABLE mh.reject IS
	'What the programs rejected or warned of, by reason';
COMMENT ON COLUMN mh.reject.reason IS 'Why; see mh-record(5)';
COMMENT ON COLUMN mh.reject.field IS 'The column; null: the whole record';
COMMENT ON COLUMN mh.reject.severity IS
	'warn (written all the same), drop or fail';
COMMENT ON COLUMN mh.reject.closed_by IS
	'The run that took these records in, or did without them; null: open';

-- The tests that an expectation did are the records that there were.
CREATE TABLE IF NOT EXISTS mh.expectation (
	run text COLLATE "C" NOT NULL,
	target text COLLATE "C" NOT NULL,
	place int NOT NULL,
	name text NOT NULL,
	severity text NOT NULL,
	passed bigint NOT NULL,
	failed bigint NOT NULL,
	tested bigint GENERATED ALWAYS AS (passed + failed) STORED,
	PRIMARY KEY (run, target, place, name),
	CONSTRAINT all_tested FOREIGN KEY (run, target, place, tested)
		REFERENCES mh.stage (run, target, place, tested),
	CONSTRAINT severities CHECK (severity IN ('warn', 'drop', 'fail')),
	CONSTRAINT counts CHECK (passed >= 0 AND failed >= 0)
);
COMMENT ON TABLE mh.expectation IS
	'What mh-expect asked of every record, and how many met it';
COMMENT ON COLUMN mh.expectation.severity IS
	'What became of the others: warn, drop or fail';
COMMENT ON COLUMN mh.expectation.tested IS 'passed + failed';

-- The sum over other rows is the one thing that no constraint can say.
CREATE OR REPLACE FUNCTION mh.check_rejects() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
	wrong record;
BEGIN
	SELECT s.*, r.* INTO wrong
	FROM mh.stage s, LATERAL (
		SELECT coalesce(sum(records)
				FILTER (WHERE severity <> 'warn'), 0) AS refused,
			coalesce(sum(records)
				FILTER (WHERE severity = 'warn'), 0) AS warned
		FROM mh.reject r
		WHERE (r.run, r.target, r.place) = (s.run, s.target, s.place)
	) r
	WHERE (s.run, s.target, s.place) IN (
			(OLD.run, OLD.target, OLD.place),
			(NEW.run, NEW.target, NEW.place))
		AND (s.rejected <> r.refused
			OR coalesce((s.books->>'warned')::bigint, 0) <> r.warned);
	IF FOUND THEN
		RAISE EXCEPTION USING ERRCODE = 'check_violation',
			MESSAGE = format('the rejects of %s, place %s of %s, '
				'are not the sum of their reasons',
				wrong.tool, wrong.place, wrong.target),
			DETAIL = format('Rejected %s and warned of %s, '
				'by reason %s and %s.', wrong.rejected,
				coalesce(wrong.books->>'warned', '0'),
				wrong.refused, wrong.warned);
	END IF;
	RETURN NULL;
END
$$;
COMMENT ON FUNCTION mh.check_rejects IS
	'Refuses a stage whose rejects are not those of mh.reject';

-- At the end of each statement, unless who writes by hand puts it off.
DO $$
DECLARE
	what text;
BEGIN
	FOREACH what IN ARRAY ARRAY['stage', 'reject'] LOOP
		CONTINUE WHEN EXISTS (SELECT FROM pg_trigger
			WHERE tgrelid = format('mh.%I', what)::regclass
				AND tgname = 'rejects_add_up');
		EXECUTE format('CREATE CONSTRAINT TRIGGER rejects_add_up '
			'AFTER INSERT OR UPDATE OR DELETE ON mh.%I '
			'DEFERRABLE FOR EACH ROW '
			'EXECUTE PROCEDURE mh.check_rejects()', what);
	END LOOP;
END
$$;
