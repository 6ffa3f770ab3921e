using System.Net.Mime;
using Equaticket.Dashboard.Frame;
using Equaticket.Engine.Errors;
using Equaticket.Http;
using Equaticket.Schema.Team;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Equaticket.Dashboard.Operations;

/// <summary>
/// Says, as Server-Sent Events, whenever a list has a newer row, so that the page reads itself again. Each look
/// asks anew who is signed in and what they may see; the stream ends with the session or the role.
/// </summary>
/// <param name="runner">Looks.</param>
/// <param name="operation">Its one root field is the list.</param>
internal sealed class LiveTail(PageRunner runner, PageOperation operation) : IActionResult
{
    /// <summary>The parameter of the query string that asks for it.</summary>
    public const string Parameter = "tail";

    /// <summary>The most streams that a host keeps open.</summary>
    private const int MaxStreams = 200;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>A page that nobody looks at must not keep a session alive.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    private static int _open;

    public async Task ExecuteResultAsync(ActionContext context)
    {
        var http = context.HttpContext;
        var stopping = http.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
        try
        {
            if (Interlocked.Increment(ref _open) > MaxStreams)
                throw ApiError.Unavailable();
            await FollowAsync(http, operation.Bind(context.RouteData.Values, http.Request.Query), ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The browser has gone, or the host is stopping and the browser asks another.
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private async Task FollowAsync(
        HttpContext http, Dictionary<string, object?> variables, CancellationToken cancellationToken)
    {
        var clock = http.RequestServices.GetRequiredService<TimeProvider>();
        var (start, newest) = (clock.GetTimestamp(), await NewestAsync(http, variables));
        http.Response.ContentType = MediaTypeNames.Text.EventStream;
        // nginx would otherwise buffer the events.
        http.Response.Headers["X-Accel-Buffering"] = "no";
        http.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
        await WriteAsync(http, ":\n\n", cancellationToken);
        while (clock.GetElapsedTime(start) < Longest)
        {
            await Task.Delay(Interval, clock, cancellationToken);
            if (!await IsStillMemberAsync(http, cancellationToken))
                break;
            var latest = await NewestAsync(http, variables);
            await WriteAsync(http, latest == newest ? ":\n\n" : "event: newer\ndata:\n\n", cancellationToken);
            newest = latest;
        }

        await WriteAsync(http, "event: end\ndata:\n\n", cancellationToken);
    }

    /// <summary>Looks up session and role again, and lets the next look run under what they are now.</summary>
    private async Task<bool> IsStillMemberAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var services = http.RequestServices;
        if (http.Request.Cookies[SessionAuthentication.Cookie] is not { } key
            || await services.GetRequiredService<SessionRegistry>().FindAsync(key, cancellationToken)
                is not { } known
            || http.GetRouteValue("org") is not string slug)
            return false;
        var member = await services.GetRequiredService<SessionDirectory>().FindAsync(
            known.Session.UserId, slug, CallerFeature.Of(http).Livemode, cancellationToken);
        if (member is null
            || operation.Operation.Refusal(member.Caller, Engine.Execution.Operation.NoVariables) is not null)
            return false;
        http.Features.Set(new CallerFeature(member.Caller));
        return true;
    }

    private async Task<string> NewestAsync(HttpContext http, Dictionary<string, object?> variables)
    {
        var result = await runner.RunAsync(http, operation, variables);
        return result.Error is { } error ? throw error : result.Data.Root["nodes"].Json.GetRawText();
    }

    private static async Task WriteAsync(HttpContext http, string text, CancellationToken cancellationToken)
    {
        await http.Response.WriteAsync(text, cancellationToken);
        await http.Response.Body.FlushAsync(cancellationToken);
    }
}
