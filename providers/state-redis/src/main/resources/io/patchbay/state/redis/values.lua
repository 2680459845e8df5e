-- KEYS: store, values. ARGV: id, not after, then the keys. Answers the values in their order, false for none.
local found = {'ok'}
for i = 3, #ARGV do
  found[#found + 1] = redis.call('HGET', KEYS[2], ARGV[i])
end
return found
