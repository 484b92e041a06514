"""What pyHanko says about a sealed PDF: judge_seal.py FILE CERTIFICATE [AUTHORITY]. Installed by tests/run into tests/.venv."""

import sys

from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

path, *certificates = sys.argv[1:]


def trusting(certificate):
    return ValidationContext(trust_roots=[load_cert_from_pemder(certificate)], allow_fetching=False)


with open(path, "rb") as file:
    signatures = PdfFileReader(file).embedded_signatures
    contexts = [trusting(certificate) for certificate in certificates]
    for signature in signatures:
        status = validate_pdf_signature(signature, *contexts)
        print(
            f"intact {status.intact}, valid {status.valid}, trusted {status.trusted},",
            f"coverage {status.coverage.name}, docmdp {status.docmdp_ok}",
        )
        stamp = status.timestamp_validity
        if stamp is not None:
            print(f"timestamp intact {stamp.intact}, valid {stamp.valid}, trusted {stamp.trusted}")
print(f"signatures {len(signatures)}")
