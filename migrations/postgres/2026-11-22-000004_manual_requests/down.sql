DROP TABLE contact_links;
DROP TABLE manual_files;
DROP TABLE manual_drafts;
