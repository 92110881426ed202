-- Every value has one text form, whatever the server's settings are. LOCAL:
-- behind a pooler the session may be another client's afterwards.
SET LOCAL client_min_messages = warning;
SET LOCAL standard_conforming_strings = on;
SET LOCAL bytea_output = hex;
SET LOCAL datestyle = 'ISO, YMD';
SET LOCAL intervalstyle = iso_8601;
SET LOCAL timezone = 'UTC';
SET LOCAL extra_float_digits = 3;
-- a slow pipe is no reason to be cut off in the middle of it
SET LOCAL statement_timeout = 0;
SET LOCAL idle_in_transaction_session_timeout = 0;
