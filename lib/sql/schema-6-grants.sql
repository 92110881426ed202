-- Who may do what. The system that this replaces gave anon, which is
-- everybody who has the API's public key, all rights on all three layers:
-- anybody could have read the customers' addresses and deleted the orders.
-- Here anon reads gold and nothing else; MH_SEED_GRANTS=1 brings the old
-- grants back to those who need them.
DO $$
DECLARE
	allowed record;
BEGIN
	FOR allowed IN
		SELECT v.role, format(v.command, v.role) AS command
		FROM (VALUES
		('mh_load', 'GRANT USAGE ON SCHEMA bronze, silver, gold TO %I'),
		('mh_load', 'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL '
			'TABLES IN SCHEMA bronze, silver, gold TO %I'),
		('mh_load', 'GRANT USAGE ON SEQUENCE process_id_seq TO %I'),
		-- a load's rows wait in a temporary table
		('mh_load', 'GRANT TEMPORARY ON DATABASE '
			|| quote_ident(current_database()) || ' TO %I'),
		('mh_read', 'GRANT USAGE ON SCHEMA bronze, silver, gold TO %I'),
		('mh_read', 'GRANT SELECT ON ALL TABLES IN SCHEMA '
			'bronze, silver, gold TO %I'),
		-- what is in the ledger stays, but for what happens later
		('mh_load', 'GRANT USAGE ON SCHEMA mh TO %I'),
		('mh_load', 'GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA mh '
			'TO %I'),
		('mh_load', 'GRANT UPDATE (ended, status) ON mh.run TO %I'),
		('mh_load', 'GRANT UPDATE (closed_by) ON mh.reject TO %I'),
		('mh_read', 'GRANT USAGE ON SCHEMA mh TO %I'),
		('mh_read', 'GRANT SELECT ON ALL TABLES IN SCHEMA mh TO %I'),
		('anon', 'REVOKE ALL ON SCHEMA bronze, silver, gold, mh '
			'FROM %I'),
		('anon', 'REVOKE ALL ON ALL TABLES IN SCHEMA '
			'bronze, silver, gold, mh FROM %I'),
		('anon', 'GRANT USAGE ON SCHEMA gold TO %I'),
		('anon', 'GRANT SELECT ON ALL TABLES IN SCHEMA gold TO %I')
		) AS v (role, command)
		WHERE to_regrole(v.role) IS NOT NULL
	LOOP
		BEGIN
			EXECUTE allowed.command;
		EXCEPTION
			WHEN insufficient_privilege THEN
				RAISE WARNING '%: %', allowed.command, SQLERRM;
		END;
	END LOOP;
END
$$;
