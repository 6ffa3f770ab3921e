using Equaticket.Engine.Errors;
using Equaticket.Schema.Execution;
using Microsoft.AspNetCore.Http;

namespace Equaticket.Http;

/// <summary>How an endpoint shows errors that arise outside an operation. The default is REST's.</summary>
public interface IErrorFormat
{
    Answer Render(HttpContext http, ApiError error);
}
