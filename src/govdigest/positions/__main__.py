"""``python -m govdigest.positions FILE… --json``: what local documents state, one finding a line."""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

from govdigest import taxonomy
from govdigest.extract import segment
from govdigest.model import Finding
from govdigest.positions.evaluate import evaluate
from govdigest.positions.reader import Reader
from govdigest.positions.words import words

CONTENT = Path(__file__).resolve().parents[3] / "content"


def row(doc: str, finding: Finding) -> dict[str, object]:
    """``finding`` as evaluations read it."""
    return {
        "doc": doc,
        "provision": finding.provision,
        "position": finding.position,
        "scope": finding.scope.value,
        "parameters": {name: list(values) for name, values in finding.parameters},
        "quotes": [quote.text for quote in finding.quotes],
    }


def main(arguments: list[str] | None = None) -> int:
    """Read the files and print what they state."""
    parser = argparse.ArgumentParser(prog="python -m govdigest.positions", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--content", type=Path, action="append", help="folder with provisions/ and vocabulary.yaml")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--labels", type=Path, help="score the files against these labels instead")
    parser.add_argument("--provision", action="append", help="with --labels: show what is wrong and missed of these")
    parser.add_argument("--time", action="store_true", help="CPU time, to standard error")
    options = parser.parse_args(arguments)
    try:
        reader = Reader(taxonomy.load(options.content or [CONTENT]))
    except taxonomy.TaxonomyError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    if options.labels:
        return _score(reader, options.files, options.labels, options.provision)
    spent, size = 0.0, 0
    for path in options.files:
        markdown = path.read_text(encoding="utf-8")
        started = time.process_time()
        text = segment(markdown)
        findings = reader.read(text)
        spent, size = spent + time.process_time() - started, size + len(markdown)
        for finding in findings:
            if options.json:
                sys.stdout.write(json.dumps(row(path.stem, finding), ensure_ascii=False) + "\n")
            else:
                said = words(finding, reader.taxonomy)
                sys.stdout.write(f"{path.stem}: {finding.provision} ({finding.scope}): {said} [{finding.basis}]\n")
                for quote in finding.quotes:
                    sys.stdout.write(f"    “{' '.join(quote.text.split())}”\n")
    if options.time and size:
        sys.stderr.write(f"{spent:.2f} s CPU, {size / 1e6:.2f} MB, {spent / size * 40_000 * 1000:.1f} ms a 40 KB\n")
    return 0


def _score(reader: Reader, files: list[Path], labels: Path, shown: list[str] | None) -> int:
    """Print the scores per provision, and for the provisions of ``shown`` every wrong and missed answer."""
    lines = labels.read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    documents = {path.stem: path.read_text(encoding="utf-8") for path in files}
    findings = {doc: reader.read(segment(markdown)) for doc, markdown in documents.items()}
    slugs = shown or [provision.slug for provision in reader.taxonomy.provisions if provision.measured]
    scores = evaluate(rows, findings, documents, slugs)
    for name, share in scores.by_provision.items():
        sys.stdout.write(f"{name:24} {share.labelled:4} {share.predicted:4} {share.right:4} {share.f1:6.2f}\n")
    basis = {name: share.precision for name, share in scores.by_basis.items()}
    for name, figure in (
        ("answer_precision", scores.answers.precision),
        ("answer_recall", scores.answers.recall),
        ("answer_f1", scores.answers.f1),
        ("macro_f1", scores.macro_f1),
        ("presence_f1", scores.presence.f1),
        ("evidence", scores.evidence),
        ("parameters", scores.parameters),
        ("verbatim", scores.verbatim),
        ("explicit", basis["explicit"]),
        ("inferred", basis["inferred"]),
    ):
        sys.stdout.write(f"{name:24} {figure:.3f}\n")
    for doc, provision, position in scores.wrong if shown else ():
        sys.stdout.write(f"\nWRONG  {doc} {provision}: {position}\n")
        for finding in findings[doc]:
            if (finding.provision, finding.position) == (provision, position):
                for quote in finding.quotes:
                    sys.stdout.write(f"    “{' '.join(quote.text.split())}”\n")
    for doc, provision, position in scores.missed if shown else ():
        sys.stdout.write(f"\nMISSED {doc} {provision}: {position}\n")
        for row_ in rows:
            if (row_["doc"], row_["provision"], row_.get("position")) == (doc, provision, position):
                sys.stdout.write("".join(f"    “{quote}”\n" for quote in row_.get("quotes", ())))
                sys.stdout.write(f"    {row_.get('note', '')} {row_.get('parameters') or ''}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
