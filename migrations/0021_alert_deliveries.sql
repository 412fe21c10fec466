-- What a webhook says when it is about no job: the body's `data` as JSON. `job_id` is then the id of the alert rule.
ALTER TABLE deliveries ADD COLUMN payload TEXT;
