-- wrk (https://github.com/wg/wrk) walks a file of requests, one a line: method, path, body, parted by tabs.
-- Arguments: the file, and how many lines to pass over. The last line that is printed is a JSON object.

local requests, place = {}, 0

function init(arguments)
  local accept = { ["Accept"] = "application/sparql-results+json" }
  local form = { ["Accept"] = accept["Accept"], ["Content-Type"] = "application/x-www-form-urlencoded" }
  for line in io.lines(arguments[1]) do
    local method, path, body = line:match("^(%u+)\t([^\t]*)\t?(.*)$")
    requests[#requests + 1] = body ~= "" and wrk.format(method, path, form, body) or wrk.format(method, path, accept)
  end
  place = tonumber(arguments[2])
end

function request()
  place = place % #requests + 1
  return requests[place]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '{"requests": %d, "seconds": %.6f, "bytes": %d, "p50": %.6f, "p99": %.6f, "worst": %.6f, "refused": %d, "lost": %d}\n',
    summary.requests, summary.duration / 1e6, summary.bytes,
    latency:percentile(50) / 1e6, latency:percentile(99) / 1e6, latency.max / 1e6,
    errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
