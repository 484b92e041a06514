DELETE FROM term_texts WHERE version = 1 AND slug IN ('rates', 'keep_active', 'texts', 'termination', 'rates_details', 'electronic_signing');
