-- The first wording of the four terms, and of the rates that the first of them speaks of. A new wording is a new row.
INSERT INTO term_texts (slug, version, body, effective_at) VALUES
    ('rates', 1, 'I accept the porting rates: my current carrier may charge port-out fees, and the usual fees per number and per minute apply after the move', '2020-01-01 00:00:00'),
    ('keep_active', 1, 'I will keep these numbers active with my current carrier until the move is complete', '2020-01-01 00:00:00'),
    ('texts', 1, 'I understand texts may not work for up to 3 days during the move', '2020-01-01 00:00:00'),
    ('termination', 1, 'I understand my current carrier may charge a termination fee', '2020-01-01 00:00:00'),
    ('rates_details', 1, 'Your current carrier may charge a port-out fee for each number; its bill or its support can tell you. After the move, our usual fees per number and per minute apply to the numbers that were moved in.', '2020-01-01 00:00:00');

-- What a signer agrees to before the letter is shown; {support} stands for the address of support. The facts are those of 15 USC 7001(c).
INSERT INTO term_texts (slug, version, body, effective_at) VALUES
    ('electronic_signing', 1, 'This is about signing one letter of authorization electronically. Your consent covers that one letter and the copies of it; nothing else.
You may have it on paper instead. Choose "Sign on paper instead" on this page, or write to {support}; it costs nothing.
You may withdraw this consent until you press the button that signs: close this page, or decline. That costs nothing; the move then waits until the letter is signed another way. After you have signed, write to {support} and to the company that the letter names as agent.
If your email address changes, write to {support}; what we send you then goes to the new address after we have checked it.
You get the signed letter and a certificate as PDF files by email, and can save and print them on the last page. If you want them on paper later, write to {support}; we charge nothing.
You need a browser of the last three years, a program that shows PDF files, and a mailbox for your copies. Opening this page and reading the letter on it shows that you have them; that you agreed here is recorded with the time.
If what you need changes while the letter waits, we tell you here and you may withdraw without a fee.', '2020-01-01 00:00:00');

-- What the contact of a manual request agrees to.
INSERT INTO term_texts (slug, version, body, effective_at) VALUES
    ('manual_authority', 1, 'I am allowed to move these numbers, and the details match my carrier’s records', '2020-01-01 00:00:00'),
    ('manual_impact', 1, 'I expect a short service impact during the move, and that texts may be off for up to 3 days', '2020-01-01 00:00:00'),
    ('manual_keep_carrier', 1, 'I will keep my current carrier active until the move is complete', '2020-01-01 00:00:00');
