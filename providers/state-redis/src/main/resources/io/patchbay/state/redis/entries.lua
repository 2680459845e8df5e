-- KEYS: store, values, names. ARGV: id, not after, from (as ZRANGEBYLEX takes it), limit. Key and value by turns.
local found = {'ok'}
for _, name in ipairs(redis.call('ZRANGEBYLEX', KEYS[3], ARGV[3], '+', 'LIMIT', 0, ARGV[4])) do
  found[#found + 1] = name
  found[#found + 1] = redis.call('HGET', KEYS[2], name)
end
return found
