-- What the scripts share: ids never used before, and one line of JSON at the end.

local counter = 0
local threads = 0
local sender = {}

-- Called by wrk once for each thread.
function setup(thread)
   threads = threads + 1
   thread:set("number", threads)
end

function init()
   -- A new seed for each thread and run: the ids must be new to the database.
   math.randomseed(os.time() * 64 + (number or 0))
   for _ = 1, 8 do math.random() end
   sender.run = string.format("%08x", math.random(0, 0x7fffffff))
end

-- The form of a UUID: run, thread and count.
function sender.id()
   counter = counter + 1
   return string.format("%s-%04x-4000-8000-%012x", sender.run, number or 0, counter)
end

-- A time in the days before today, a second apart.
function sender.time()
   return os.date("!%Y-%m-%dT%H:%M:%SZ", 1704067200 + (counter % 8000000))
end


function done(summary, latency)
   io.write(string.format(
      'RESULT {"requests":%d,"seconds":%.6f,"failed":%d,"p50":%d,"p99":%d}\n',
      summary.requests, summary.duration / 1e6,
      summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout,
      latency:percentile(50), latency:percentile(99)))
end

return sender
