"""Folders to one taxonomy, all problems at once."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from types import MappingProxyType

from govdigest.model import Provision, Taxonomy
from govdigest.patterns import Lexicon
from govdigest.taxonomy.errors import TaxonomyError, TaxonomyProblem
from govdigest.taxonomy.provision import GROUPS, read_provision
from govdigest.taxonomy.source import SourceFile, parse, read_text
from govdigest.taxonomy.vocabulary import check_vocabulary, read_vocabulary


def load(folders: Sequence[Path]) -> Taxonomy:
    """The taxonomy of ``folders``, each with ``provisions/*.md`` and perhaps ``vocabulary.yaml``.

    A later folder's provision replaces an earlier one of the same name; of a vocabulary, the names that the
    later one gives. Raises :class:`TaxonomyError` with everything that is wrong.
    """
    problems: list[TaxonomyProblem] = []
    vocabulary: dict[str, tuple[str, ...]] = {}
    paths: dict[str, Path] = {}
    digest = hashlib.sha256()
    words_files: list[SourceFile] = []
    for folder in folders:
        words_path = folder / "vocabulary.yaml"
        if words_path.is_file():
            source = read_text(words_path, problems)
            digest.update(source.encode())
            file, data = parse(str(words_path), source, 0)
            vocabulary.update(read_vocabulary(file, data))
            words_files.append(file)
        for path in sorted((folder / "provisions").glob("*.md")):
            paths[path.stem] = path
    lexicon = Lexicon(vocabulary)
    for file in words_files:
        check_vocabulary(file, lexicon)
        problems += file.problems
    provisions: list[tuple[tuple[int, int, str], Provision]] = []
    for stem, path in sorted(paths.items()):
        source = read_text(path, problems)
        digest.update(f"\0{stem}\0{source}".encode())
        file, made = read_provision(path, stem, source, lexicon)
        problems += file.problems
        if made is not None and not file.problems:
            provisions.append(made)
    if not paths and not problems:
        where = ", ".join(str(folder / "provisions") for folder in folders) or "no folder at all"
        problems.append(TaxonomyProblem(where, 0, "there is no provision"))
    if problems:
        raise TaxonomyError(problems)
    provisions.sort(key=lambda item: item[0])
    return Taxonomy(
        groups=GROUPS,
        provisions=tuple(provision for _, provision in provisions),
        vocabulary=MappingProxyType(vocabulary),
        hash=digest.hexdigest(),
    )
