"""The taxonomy: ``provisions/*.md`` and ``vocabulary.yaml``, read and checked, all problems at once.

``docs/provisions.md`` describes the format for those who write it.
"""

from govdigest.taxonomy.errors import TaxonomyError, TaxonomyProblem
from govdigest.taxonomy.loading import load
from govdigest.taxonomy.provision import GROUPS

__all__ = ["GROUPS", "TaxonomyError", "TaxonomyProblem", "load"]
