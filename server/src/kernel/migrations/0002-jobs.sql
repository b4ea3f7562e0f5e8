-- Why: the application role enqueues jobs in its own transactions without rights on the queue's tables.
--      Locks: none. Back out: drop function kernel.add_job.
create function kernel.add_job(p_task text, p_payload json, p_key text, p_run_at timestamptz, p_attempts integer) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if (p_payload ->> 'orgId')::uuid is distinct from kernel.current_org() then
    raise exception 'a job belongs to the organisation of its transaction';
  end if;
  perform graphile_worker.add_job(identifier => p_task, payload => p_payload, job_key => p_key,
    run_at => p_run_at, max_attempts => p_attempts, job_key_mode => 'replace');
end $$;
revoke all on function kernel.add_job from public;
grant execute on function kernel.add_job to zhanggui_app;
