using Equaticket.Schema.Execution;

namespace Equaticket.Host.Activity;

/// <summary>
/// The key that a request came with, for the activity log. Unlike <c>CallerFeature</c> it lets nobody in: the
/// key may have ended.
/// </summary>
/// <param name="Owner">Whom the key stands for.</param>
internal sealed record UsedKey(Caller Owner);
