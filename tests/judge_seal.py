"""What pyHanko says about a sealed PDF: judge_seal.py FILE CERTIFICATE. Installed by tests/run into tests/.venv."""

import sys

from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

path, certificate = sys.argv[1:]
with open(path, "rb") as file:
    signatures = PdfFileReader(file).embedded_signatures
    context = ValidationContext(trust_roots=[load_cert_from_pemder(certificate)], allow_fetching=False)
    for signature in signatures:
        status = validate_pdf_signature(signature, context)
        print(
            f"intact {status.intact}, valid {status.valid}, trusted {status.trusted},",
            f"coverage {status.coverage.name}, docmdp {status.docmdp_ok}",
        )
print(f"signatures {len(signatures)}")
