-- mh_owner owns the layers and the ledger, so that whoever belongs to it can
-- change them. Gives away only what is ours.
DO $$
DECLARE
	thing text;
BEGIN
	IF to_regrole('mh_owner') IS NULL THEN
		RETURN;
	END IF;
	-- only members may give a role anything, and only those who may make
	-- schemas may own one
	IF NOT pg_has_role('mh_owner', 'MEMBER') THEN
		GRANT mh_owner TO CURRENT_USER;
	END IF;
	EXECUTE format('GRANT CREATE ON DATABASE %I TO mh_owner',
		current_database());
	FOR thing IN
		SELECT format('SCHEMA %I', nspname)
		FROM pg_namespace
		WHERE nspname IN ('bronze', 'silver', 'gold', 'mh')
			AND nspowner <> to_regrole('mh_owner')
			AND pg_has_role(nspowner, 'USAGE')
		UNION ALL
		SELECT format('TABLE %s', oid::regclass)
		FROM pg_class
		WHERE relnamespace::regnamespace::text
				IN ('bronze', 'silver', 'gold', 'mh')
			AND relkind IN ('r', 'p')
			AND relowner <> to_regrole('mh_owner')
			AND pg_has_role(relowner, 'USAGE')
		UNION ALL
		SELECT format('FUNCTION %s', oid::regprocedure)
		FROM pg_proc
		WHERE pronamespace::regnamespace::text = 'mh'
			AND proowner <> to_regrole('mh_owner')
			AND pg_has_role(proowner, 'USAGE')
	LOOP
		EXECUTE format('ALTER %s OWNER TO mh_owner', thing);
	END LOOP;
EXCEPTION
	WHEN insufficient_privilege THEN
		RAISE WARNING 'mh_owner does not own everything: %', SQLERRM;
END
$$;
