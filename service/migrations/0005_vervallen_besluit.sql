-- Why a decision no longer counts: its placement is gone since the wave was filled again from the register. The decision stays to be seen.
ALTER TABLE beoordelingen ADD COLUMN vervallen TEXT;
