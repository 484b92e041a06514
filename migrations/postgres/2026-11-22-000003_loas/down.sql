DROP TABLE loa_files;
DROP TABLE loa_events;
DROP FUNCTION loa_events_are_append_only;
DROP TABLE loa_codes;
DROP TABLE loa_sessions;
DROP TABLE loa_links;
DROP TABLE loas;
