DROP TABLE loa_files;
DROP TABLE loa_events;
DROP TABLE loa_codes;
DROP TABLE loa_sessions;
DROP TABLE loa_links;
DROP TABLE loas;
