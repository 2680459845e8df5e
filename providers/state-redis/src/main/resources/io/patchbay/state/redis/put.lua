-- KEYS: store, values, names, usage. ARGV: id, not after, most keys, most bytes, tenant, then key and value by turns.
local keys_before = redis.call('HLEN', KEYS[2])
if redis.call('ZCARD', KEYS[3]) ~= keys_before then
  return {'damaged'}
end
local bytes_before = tonumber(redis.call('HGET', KEYS[4], ARGV[5]) or '0')
local keys, bytes = keys_before, bytes_before
for i = 6, #ARGV, 2 do
  if redis.call('HEXISTS', KEYS[2], ARGV[i]) == 1 then
    bytes = bytes - redis.call('HSTRLEN', KEYS[2], ARGV[i])
  else
    keys = keys + 1
    bytes = bytes + #ARGV[i]
  end
  bytes = bytes + #ARGV[i + 1]
end
if keys > tonumber(ARGV[3]) and keys > keys_before then
  return {'keys'}
end
if bytes > tonumber(ARGV[4]) and bytes > bytes_before then
  return {'bytes'}
end
for i = 6, #ARGV, 2 do
  redis.call('HSET', KEYS[2], ARGV[i], ARGV[i + 1])
  redis.call('ZADD', KEYS[3], 0, ARGV[i])
end
redis.call('HSET', KEYS[4], ARGV[5], number(bytes))
return {'ok'}
