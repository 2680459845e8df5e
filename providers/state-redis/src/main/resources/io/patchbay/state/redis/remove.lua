-- KEYS: store, values, names, usage. ARGV: id, not after, tenant, then the keys.
local bytes = tonumber(redis.call('HGET', KEYS[4], ARGV[3]) or '0')
if redis.call('ZCARD', KEYS[3]) ~= redis.call('HLEN', KEYS[2]) then
  return {'damaged'}
end
local removed = 0
for i = 4, #ARGV do
  if redis.call('HEXISTS', KEYS[2], ARGV[i]) == 1 then
    bytes = bytes - #ARGV[i] - redis.call('HSTRLEN', KEYS[2], ARGV[i])
    redis.call('HDEL', KEYS[2], ARGV[i])
    redis.call('ZREM', KEYS[3], ARGV[i])
    removed = removed + 1
  end
end
if removed > 0 then
  if redis.call('HLEN', KEYS[2]) == 0 then
    redis.call('HDEL', KEYS[4], ARGV[3])
  else
    redis.call('HSET', KEYS[4], ARGV[3], number(bytes))
  end
end
return {'ok'}
