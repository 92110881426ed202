-- The roles: mh_owner owns, mh_load writes, mh_read reads, anon sees gold.
-- None has a password: give those that log in one with ALTER ROLE.
-- Roles belong to the whole server. One that exists is left as it is (on
-- Supabase anon does), and who may not make roles goes on without them.
DO $$
DECLARE
	wanted record;
BEGIN
	FOR wanted IN
		SELECT * FROM (VALUES ('mh_owner', 'NOLOGIN'),
			('mh_load', 'LOGIN'), ('mh_read', 'LOGIN'),
			('anon', 'NOLOGIN')) AS v (name, login)
		WHERE to_regrole(v.name) IS NULL
	LOOP
		BEGIN
			EXECUTE format('CREATE ROLE %I %s', wanted.name,
				wanted.login);
		EXCEPTION
			WHEN insufficient_privilege THEN
				RAISE WARNING 'going on without role %: %',
					wanted.name, SQLERRM;
			-- made for another database at this very moment
			WHEN duplicate_object OR unique_violation THEN
				NULL;
		END;
	END LOOP;
END
$$;
