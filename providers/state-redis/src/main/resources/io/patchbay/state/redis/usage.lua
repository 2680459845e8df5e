-- KEYS: store, values, usage. ARGV: id, not after, tenant.
return {'ok', redis.call('HLEN', KEYS[2]), redis.call('HGET', KEYS[3], ARGV[3]) or '0'}
