"""`govdigest evaluate`: how well documents are read, against labels, provision by provision."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from govdigest.commands.files import FileError, text_of
from govdigest.commands.reading import read_with
from govdigest.model import Finding, Taxonomy
from govdigest.positions.evaluate import Scores
from govdigest.positions.evaluate import evaluate as score


def evaluate(labels: Path, documents: Path, taxonomy: Taxonomy, *, as_json: bool) -> str:
    """Read every labelled document in the folder ``documents`` (``<doc>.md``) and score what was found.

    ``labels``: one JSON object a line with doc, provision, position, quotes and perhaps parameters, borderline or
    ignore. Raises FileError for a line that is none, and for a document that is missing.
    """
    rows = []
    for number, line in enumerate(labels.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise FileError(f"{labels}:{number}: is no JSON: {error}") from error
        missing = [key for key in ("doc", "provision", "position", "quotes") if key not in row]
        if missing:
            raise FileError(f"{labels}:{number}: lacks {', '.join(missing)}")
        rows.append(row)
    read = read_with(taxonomy, None)
    texts: dict[str, str] = {}
    findings: dict[str, tuple[Finding, ...]] = {}
    for name in sorted({str(row["doc"]) for row in rows}):
        text = text_of(documents / f"{name}.md")
        texts[name], findings[name] = text.markdown, read(text)
    scores = score(rows, findings, texts)
    return json.dumps(_figures(scores)) if as_json else _table(scores)


def _figures(scores: Scores) -> Mapping[str, object]:
    return {
        "documents": scores.documents,
        "answer_precision": round(scores.answers.precision, 4),
        "answer_recall": round(scores.answers.recall, 4),
        "answer_f1": round(scores.answers.f1, 4),
        "macro_f1": round(scores.macro_f1, 4),
        "presence_f1": round(scores.presence.f1, 4),
        "evidence": round(scores.evidence, 4),
        "parameters": round(scores.parameters, 4),
        "verbatim": round(scores.verbatim, 4),
        "quotes": scores.quotes,
        "precision_by_basis": {name: round(share.precision, 4) for name, share in scores.by_basis.items()},
        "by_provision": {name: round(share.f1, 4) for name, share in scores.by_provision.items()},
    }


def _table(scores: Scores) -> str:
    lines = [f"{'provision':26}{'labelled':>9}{'predicted':>10}{'right':>6}{'f1':>7}"]
    lines += [
        f"{name:26}{share.labelled:9}{share.predicted:10}{share.right:6}{share.f1:7.2f}"
        for name, share in scores.by_provision.items()
    ]
    figures = _figures(scores)
    lines += [""]
    lines += [f"{name:20}{value}" for name, value in figures.items() if not isinstance(value, dict)]
    lines += [
        f"precision, {name:9}{share.precision:.4f} of {share.predicted}" for name, share in scores.by_basis.items()
    ]
    return "\n".join(lines)
