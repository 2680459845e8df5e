-- KEYS: store, usage. ARGV: id, not after, and what the keys of the plugin's values and names begin with.
for _, tenant in ipairs(redis.call('HKEYS', KEYS[2])) do
  redis.call('DEL', ARGV[3] .. tenant, ARGV[4] .. tenant)
end
redis.call('DEL', KEYS[2])
return {'ok'}
