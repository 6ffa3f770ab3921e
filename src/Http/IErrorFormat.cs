using Equaticket.Engine.Errors;
using Equaticket.Schema.Execution;
using Microsoft.AspNetCore.Http;

namespace Equaticket.Http;

/// <summary>How an endpoint formats errors outside an operation. The default is the REST format.</summary>
public interface IErrorFormat
{
    Answer Render(HttpContext http, ApiError error);
}
