-- What a run of one sample is about, where its list reads it: a look at the job of each run doubled a page.
ALTER TABLE runs ADD COLUMN question TEXT;

UPDATE runs SET question = (SELECT nullif(jobs.question, '') FROM jobs
    WHERE jobs.project = runs.project AND jobs.id = 'job_' || substr(runs.id, 5))
  WHERE mode = 'single';
