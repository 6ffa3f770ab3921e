using Equaticket.Http;
using Equaticket.Persistence.Activity;
using Equaticket.Schema.Execution;
using Microsoft.AspNetCore.Http;

namespace Equaticket.Dashboard.Account;

internal sealed class CurrentRequest(IHttpContextAccessor accessor) : ICurrentRequest
{
    public RequestTrace? Trace => accessor.HttpContext is { } http ? Traces.Of(http) : null;
}
