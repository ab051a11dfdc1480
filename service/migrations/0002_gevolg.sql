-- What a deed that cannot be done twice leaves for the answer to its request: written with the deed, so that a repeated request is
-- answered also when the service went down between the two. Then status is 0.
ALTER TABLE idempotentie ADD COLUMN gevolg TEXT;
