-- Why: price protection asks every night whose price fell since the night before: by the moment, not by the SKU.
-- Locks: price_history while the index is built (a row per change of a price). Back out: drop index catalog.prices_by_moment.
create index prices_by_moment on catalog.price_history (org_id, from_at);
