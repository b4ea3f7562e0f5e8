-- Why: people see where they are signed in and end one of those sessions. Locks: new functions only.
-- Back out: drop function identity.sessions_of, identity.end_session.

create function identity.sessions_of(p_user uuid, p_token text, p_at timestamptz)
  returns table (id uuid, created_at timestamptz, seen_at timestamptz, ip text, agent text, current boolean)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not identity.is_member(p_user) then raise exception 'not a member of this organisation'; end if;
  return query select s.id, s.created_at, s.updated_at, s.ip_address, s.user_agent, s.token = p_token
    from auth.sessions s where s.user_id = p_user and s.expires_at > p_at order by s.updated_at desc limit 100;
end $$;

create function identity.end_session(p_user uuid, p_session uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not identity.is_member(p_user) then raise exception 'not a member of this organisation'; end if;
  delete from auth.sessions where user_id = p_user and id = p_session;
  return found;
end $$;

revoke all on function identity.sessions_of(uuid, text, timestamptz), identity.end_session(uuid, uuid) from public;
grant execute on function identity.sessions_of(uuid, text, timestamptz), identity.end_session(uuid, uuid) to zhanggui_app;
