-- The first wording of the four terms, and of the rates that the first of them speaks of. A new wording is a new row.
INSERT INTO term_texts (slug, version, body, effective_at) VALUES
    ('rates', 1, 'I accept the porting rates: my current carrier may charge port-out fees, and the usual fees per number and per minute apply after the move', '2020-01-01 00:00:00'),
    ('keep_active', 1, 'I will keep these numbers active with my current carrier until the move is complete', '2020-01-01 00:00:00'),
    ('texts', 1, 'I understand texts may not work for up to 3 days during the move', '2020-01-01 00:00:00'),
    ('termination', 1, 'I understand my current carrier may charge a termination fee', '2020-01-01 00:00:00'),
    ('rates_details', 1, 'Your current carrier may charge a port-out fee for each number; its bill or its support can tell you. After the move, our usual fees per number and per minute apply to the numbers that were moved in.', '2020-01-01 00:00:00');
