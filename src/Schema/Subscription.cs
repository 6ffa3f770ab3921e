using System.ComponentModel;

namespace Equaticket.Schema;

/// <summary>The root of all subscriptions. Each feature adds its fields in a separate file.</summary>
[Description("Streams over Server-Sent Events. An operation holds exactly one of these fields, and is answered "
    + "anew with what is there now whenever something happens.")]
public sealed partial class Subscription;
