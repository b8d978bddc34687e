"""From results to pages: `report` (JSON, tables), `results_page`, `drawings` of a trained model."""
