"""The pages: for each kind a typed context, and the outputs that an edition asks for."""
