using ChatAnalysis.Gateway;
using ChatAnalysis.Gateway.Composition;

return await GatewayApplication.RunAsync(args, InProcessCluster.AddInProcessCluster);
