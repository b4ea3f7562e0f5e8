// Written by `npm run openapi` from docs/openapi.json. Do not edit.

export interface paths {
    "/api/v1/agreements/{agreementId}/pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A settlement agreement as PDF, with its hash and where a copy is checked */
        get: operations["getAgreementsAgreementIdPdf"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agreements/{agreementId}/send": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send it to be signed. The link is told once: pass it on where nothing can be mailed */
        post: operations["postAgreementsAgreementIdSend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agreements/{agreementId}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Withdraw it before it is signed */
        post: operations["postAgreementsAgreementIdWithdraw"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** API keys, newest first; never their text */
        get: operations["getApiKeys"];
        put?: never;
        /** Make an API key; its text is in this answer and nowhere else */
        post: operations["postApiKeys"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/api-keys/{keyId}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End an API key: at once on this node, within 5 s on others */
        post: operations["postApiKeysKeyIdRevoke"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/approvals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Requests for approval: mine to decide, mine, or all */
        get: operations["getApprovals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/approvals/{approvalId}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approve, and thereby do what was asked for */
        post: operations["postApprovalsApprovalIdApprove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/approvals/{approvalId}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reject, with a note that says why */
        post: operations["postApprovalsApprovalIdReject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/approvals/{approvalId}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take my own request back */
        post: operations["postApprovalsApprovalIdWithdraw"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything that happened, newest first; `type` is a beginning such as `orders.` */
        get: operations["getAuditEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Recompute the chain of seals and name the first breach */
        get: operations["getAuditVerify"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/back-in-stock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many wait for each SKU */
        get: operations["getBackInStock"];
        put?: never;
        /** Note who wants to be told when a SKU is there again */
        post: operations["postBackInStock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/back-in-stock/{sku}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who waits, or waited, for a SKU; newest first */
        get: operations["getBackInStockSku"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bank-accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Our bank accounts */
        get: operations["getBankAccounts"];
        put?: never;
        /** Add a bank account of ours */
        post: operations["postBankAccounts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bank-accounts/{accountId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change a bank account; its code and currency stay */
        put: operations["putBankAccountsAccountId"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bank-lines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Movements on our bank accounts, newest first; they are imported as `bank-lines` */
        get: operations["getBankLines"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bank-lines/{lineId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One movement: what it is, and what it may be */
        get: operations["getBankLinesLineId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bank-lines/{lineId}/ignore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that a movement needs no match, or does after all */
        post: operations["postBankLinesLineIdIgnore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bank-lines/{lineId}/matches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say what a movement is: a transfer of a customer, a payout of a channel or courier, a refund by hand, … */
        post: operations["postBankLinesLineIdMatches"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bank-lines/outstanding": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a channel (its bills) or the couriers (`cod`) have not paid out yet, oldest first */
        get: operations["getBankLinesOutstanding"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bank-lines/sums": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many movements are explained and how many are not, and what is booked and no movement has shown */
        get: operations["getBankLinesSums"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bank-matches/{matchId}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take back what a movement was said to be */
        post: operations["postBankMatchesMatchIdUndo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/blacklist": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The blacklist, masked */
        get: operations["getBlacklist"];
        put?: never;
        /** Put the phone, address or device of an order, or one given, on the blacklist */
        post: operations["postBlacklist"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/blacklist/{entryId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take an entry off the blacklist */
        delete: operations["deleteBlacklistEntryId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/carriers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Carriers */
        get: operations["getCarriers"];
        put?: never;
        /** Add a carrier whose waybill numbers are typed in */
        post: operations["postCarriers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/carriers/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Rename a carrier, or switch it on or off */
        patch: operations["patchCarriersCode"];
        trace?: never;
    };
    "/api/v1/carriers/recognise": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The carrier a waybill number looks like */
        get: operations["getCarriersRecognise"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cartons": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Cartons, at most 200 */
        get: operations["getCartons"];
        put?: never;
        /** Add a carton; sizes are those inside */
        post: operations["postCartons"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cartons/{cartonId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change a carton, or use it no longer */
        patch: operations["patchCartonsCartonId"];
        trace?: never;
    };
    "/api/v1/categories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Paths of categories that contain `q` */
        get: operations["getCategories"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/check-plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which packed parcels are opened again, by warehouse */
        get: operations["getCheckPlans"];
        /** Say which packed parcels of a warehouse are opened again */
        put: operations["putCheckPlans"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/claims": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Claims: the open ones by deadline, or all, newest first */
        get: operations["getClaims"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/claims/{claimId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One claim with its report */
        get: operations["getClaimsClaimId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/claims/{claimId}/correct": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask for a correction: money back, points, what is missing sent; another person approves */
        post: operations["postClaimsClaimIdCorrect"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/claims/{claimId}/dismiss": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End a claim without a correction, with a reason the customer is told */
        post: operations["postClaimsClaimIdDismiss"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/claims/{claimId}/report.pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The comparison report as a document */
        get: operations["getClaimsClaimIdReportPdf"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Customers, newest first; q finds by telephone number, name or external id */
        get: operations["getCustomers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{customerId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One customer: level, progress, points */
        get: operations["getCustomersCustomerId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{customerId}/level": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Set the level by hand, with a reason; null gives it back to the computation */
        patch: operations["patchCustomersCustomerIdLevel"];
        trace?: never;
    };
    "/api/v1/customers/{customerId}/points": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The balance of points and the movements behind it, newest first */
        get: operations["getCustomersCustomerIdPoints"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{customerId}/points/adjust": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask for a correction of points, up or down; another person approves */
        post: operations["postCustomersCustomerIdPointsAdjust"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{customerId}/points/compensate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Grant points as compensation; above the limit another person approves */
        post: operations["postCustomersCustomerIdPointsCompensate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{customerId}/points/spend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Redeem points */
        post: operations["postCustomersCustomerIdPointsSpend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cutoffs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** When carriers come to warehouses */
        get: operations["getCutoffs"];
        /** Say when a carrier comes to a warehouse; * is every carrier without a time of its own */
        put: operations["putCutoffs"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cutoffs/{warehouse}/{carrier}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** A carrier has no time at a warehouse any more */
        delete: operations["deleteCutoffsWarehouseCarrier"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dashboard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The day so far */
        get: operations["getDashboard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exceptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Exceptions: the queue with VIPs and the nearest deadlines first, or what is settled */
        get: operations["getExceptions"];
        put?: never;
        /** Report that an order cannot go as it is: a pick came up short, an address is doubtful */
        post: operations["postExceptions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exceptions/{exceptionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One exception */
        get: operations["getExceptionsExceptionId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exceptions/{exceptionId}/answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Record what the customer chose on the telephone, and do it */
        post: operations["postExceptionsExceptionIdAnswer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exceptions/{exceptionId}/assign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Name who sees to it; `me` takes it */
        post: operations["postExceptionsExceptionIdAssign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exceptions/{exceptionId}/contact": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Record a call to the customer and what came of it */
        post: operations["postExceptionsExceptionIdContact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exceptions/{exceptionId}/offer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Offer the customer a substitute, waiting or a refund, by a link that needs no log-in */
        post: operations["postExceptionsExceptionIdOffer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exceptions/{exceptionId}/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Close by hand, with a note that says why */
        post: operations["postExceptionsExceptionIdResolve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Exports, newest first */
        get: operations["getExports"];
        put?: never;
        /** Export to CSV or XLSX */
        post: operations["postExports"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/{exportId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One export; `downloadUrl` once it is done */
        get: operations["getExportsExportId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/feedback/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The questions and answers behind the figures */
        get: operations["getFeedbackRequests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/feedback/results": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How customers rate, by agent, team, category or period */
        get: operations["getFeedbackResults"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Upload a file (multipart field `file`): image, PDF, spreadsheet, text, video or audio, up to 50 MB */
        post: operations["postFiles"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/files/{fileId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The bytes of a file */
        get: operations["getFilesFileId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/finance/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What waits for finance and how money moved in thirty days; parts the caller may not see are null */
        get: operations["getFinanceSummary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/follow-ups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Customers who are to be called: what is open by when it is due */
        get: operations["getFollowUps"];
        put?: never;
        /** Have a customer called */
        post: operations["postFollowUps"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/follow-ups/{followUpId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A customer who is to be called, with every try */
        get: operations["getFollowUpsFollowUpId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/follow-ups/{followUpId}/assign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say who calls */
        post: operations["postFollowUpsFollowUpIdAssign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/follow-ups/{followUpId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** There is no need to call any more */
        post: operations["postFollowUpsFollowUpIdCancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/follow-ups/{followUpId}/finish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The customer was talked to, or is not to be reached */
        post: operations["postFollowUpsFollowUpIdFinish"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/follow-ups/{followUpId}/miss": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The customer was not reached: they are called again */
        post: operations["postFollowUpsFollowUpIdMiss"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/follow-ups/{followUpId}/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** They are to be called after all */
        post: operations["postFollowUpsFollowUpIdReopen"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/import-kinds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What may be imported, and the columns of each template */
        get: operations["getImportKinds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/import-kinds/{kind}/template": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An empty table with the columns of a kind (CSV) */
        get: operations["getImportKindsKindTemplate"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Imports, newest first */
        get: operations["getImports"];
        put?: never;
        /** Import a CSV or XLSX file (multipart) */
        post: operations["postImports"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{importId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One import and how far it is */
        get: operations["getImportsImportId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{importId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop an import; what it has taken stays */
        post: operations["postImportsImportIdCancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{importId}/rejects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The rows not taken, as they stood in the file, with the reasons (CSV) */
        get: operations["getImportsImportIdRejects"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/incidents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Incidents, newest first */
        get: operations["getIncidents"];
        put?: never;
        /** Tell of something that is wrong in the warehouse */
        post: operations["postIncidents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/incidents/{incidentId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One incident with its history */
        get: operations["getIncidentsIncidentId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/incidents/{incidentId}/assign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give an incident to somebody; `me` is whoever asks */
        post: operations["postIncidentsIncidentIdAssign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/incidents/{incidentId}/dismiss": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End an incident that was none */
        post: operations["postIncidentsIncidentIdDismiss"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/incidents/{incidentId}/investigate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Look into an incident */
        post: operations["postIncidentsIncidentIdInvestigate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/incidents/{incidentId}/photo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The photo of an incident */
        get: operations["getIncidentsIncidentIdPhoto"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/incidents/{incidentId}/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take up an incident again */
        post: operations["postIncidentsIncidentIdReopen"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/incidents/{incidentId}/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Settle an incident, with what was done about it */
        post: operations["postIncidentsIncidentIdResolve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/incidents/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Incidents of a stretch of time by kind; the last 30 days unless told */
        get: operations["getIncidentsStats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/interceptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Requests to carriers to stop parcels, newest first */
        get: operations["getInterceptions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/interceptions/{interceptionId}/answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Write down what a carrier said by telephone, or that the goods are back */
        post: operations["postInterceptionsInterceptionIdAnswer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invoice-provider/secrets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which keys of the provider are set; never what they are */
        get: operations["getInvoiceProviderSecrets"];
        /** Set keys of the provider; null forgets one */
        put: operations["putInvoiceProviderSecrets"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invoice-qualifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who may have special invoices, and who waits for a decision; newest first */
        get: operations["getInvoiceQualifications"];
        put?: never;
        /** Hand in what qualifies the customer of an order for special invoices */
        post: operations["postInvoiceQualifications"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invoice-qualifications/{qualificationId}/decide": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approve until a day, reject or revoke: by another person than who handed it in */
        post: operations["postInvoiceQualificationsQualificationIdDecide"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invoice-qualifications/{qualificationId}/files/{fileId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A document that was handed in */
        get: operations["getInvoiceQualificationsQualificationIdFilesFileId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invoices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Invoices and red letters: open ones by when they are due, others newest first */
        get: operations["getInvoices"];
        put?: never;
        /** Ask for an invoice; the same asked for again is the same invoice */
        post: operations["postInvoices"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invoices/{invoiceId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One invoice, by id or number */
        get: operations["getInvoicesInvoiceId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invoices/{invoiceId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Withdraw an application that was not sent */
        post: operations["postInvoicesInvoiceIdCancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invoices/{invoiceId}/confirmation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Note what became of the confirmation of a red letter */
        post: operations["postInvoicesInvoiceIdConfirmation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invoices/{invoiceId}/documents-came": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let the clock go on */
        post: operations["postInvoicesInvoiceIdDocumentsCame"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invoices/{invoiceId}/exchanges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything said to the provider and answered, without secrets and personal data */
        get: operations["getInvoicesInvoiceIdExchanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invoices/{invoiceId}/give-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give up a red letter that waits for the buyer */
        post: operations["postInvoicesInvoiceIdGiveUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invoices/{invoiceId}/mail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Note with which carrier and waybill a paper invoice was sent */
        post: operations["postInvoicesInvoiceIdMail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invoices/{invoiceId}/pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The document as PDF */
        get: operations["getInvoicesInvoiceIdPdf"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invoices/{invoiceId}/prints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Note that a sheet was printed; each after the first has a reason */
        post: operations["postInvoicesInvoiceIdPrints"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invoices/{invoiceId}/query": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask the provider now what became of it */
        post: operations["postInvoicesInvoiceIdQuery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invoices/{invoiceId}/received": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Note that a paper invoice has arrived */
        post: operations["postInvoicesInvoiceIdReceived"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invoices/{invoiceId}/reissue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Issue another invoice instead: a red letter and a new invoice in one go */
        post: operations["postInvoicesInvoiceIdReissue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invoices/{invoiceId}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Refuse a special invoice, with a reason the customer is told */
        post: operations["postInvoicesInvoiceIdReject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invoices/{invoiceId}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try again what failed or was held up */
        post: operations["postInvoicesInvoiceIdRetry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invoices/{invoiceId}/reverse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take back all that is left of an issued invoice by a red letter */
        post: operations["postInvoicesInvoiceIdReverse"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invoices/{invoiceId}/send": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Write to the buyer again, with a link to the document */
        post: operations["postInvoicesInvoiceIdSend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invoices/{invoiceId}/used": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Note whether the buyer has confirmed the use of a special invoice */
        post: operations["postInvoicesInvoiceIdUsed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invoices/{invoiceId}/want-documents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop the clock until the buyer has brought documents */
        post: operations["postInvoicesInvoiceIdWantDocuments"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invoices/{invoiceId}/xml": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The data of the document as XML (EInvoice). OFD is not made: the tax bureau has given it up for digital invoices */
        get: operations["getInvoicesInvoiceIdXml"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invoices/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask for invoices of up to 500 orders; each is taken or refused on its own */
        post: operations["postInvoicesBulk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invoices/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What waits for somebody, counted */
        get: operations["getInvoicesSummary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ledger/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The accounts of the books with their balances now */
        get: operations["getLedgerAccounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ledger/accounts/{code}/postings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was posted to an account, newest first, each with the balance after it */
        get: operations["getLedgerAccountsCodePostings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ledger/entries/{entryId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One entry with both its sides and what caused it */
        get: operations["getLedgerEntriesEntryId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ledger/trial-balance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Both sides of every account up to the end of a day, and whether they are the same */
        get: operations["getLedgerTrialBalance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How much one may decide alone: every such limit, with the organisation’s */
        get: operations["getLimits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/mail-accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The mailboxes, and how they are doing */
        get: operations["getMailAccounts"];
        put?: never;
        /** Set up a mailbox */
        post: operations["postMailAccounts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/mail-accounts/{mailboxId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A mailbox */
        get: operations["getMailAccountsMailboxId"];
        /** Change a mailbox, or switch it off */
        put: operations["putMailAccountsMailboxId"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/mail-accounts/{mailboxId}/fetch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Look into a mailbox now */
        post: operations["postMailAccountsMailboxIdFetch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/mail-accounts/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try a mailbox, and say in words what is wrong with it; nothing is saved */
        post: operations["postMailAccountsTest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/mail/incoming": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Mail that came in, and what became of it */
        get: operations["getMailIncoming"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/mail/incoming/{incomingId}/drop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put aside a mail that was held */
        post: operations["postMailIncomingIncomingIdDrop"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/mail/incoming/{incomingId}/open-ticket": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open a ticket with a mail that was held */
        post: operations["postMailIncomingIncomingIdOpenTicket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/mail/outgoing/{outgoingId}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send again what did not arrive */
        post: operations["postMailOutgoingOutgoingIdRetry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/manifests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Hand-over manifests, newest first */
        get: operations["getManifests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/manifests/{manifestId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One manifest */
        get: operations["getManifestsManifestId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/manifests/{manifestId}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Close a manifest: parcels that ship from now on join the next one */
        post: operations["postManifestsManifestIdClose"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/manifests/{manifestId}/hand-over": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The driver signs for what was scanned; the same call again answers the same */
        post: operations["postManifestsManifestIdHandOver"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/manifests/{manifestId}/parcels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Parcels of a manifest, oldest first */
        get: operations["getManifestsManifestIdParcels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/manifests/{manifestId}/scan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Scan a parcel out to the carrier’s driver */
        post: operations["postManifestsManifestIdScan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/manifests/{manifestId}/sheet.pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The list a driver signs, with totals and bar code */
        get: operations["getManifestsManifestIdSheetPdf"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who I am and what I may do */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where I am signed in, last used first */
        get: operations["getMeSessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/sessions/{sessionId}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign out there */
        post: operations["postMeSessionsSessionIdEnd"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/membership": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The levels there are, lowest first, and what a point is worth */
        get: operations["getMembership"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My notifications, newest first */
        get: operations["getNotifications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications/{notificationId}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mark one of my notifications as read */
        post: operations["postNotificationsNotificationIdRead"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mark all my notifications as read */
        post: operations["postNotificationsRead"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications/unread": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many notifications I have not read; 100 means 100 or more */
        get: operations["getNotificationsUnread"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/nps-campaigns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Campaigns that ask whether customers would recommend the shop */
        get: operations["getNpsCampaigns"];
        put?: never;
        /** Draft a campaign: whose orders, how many are asked */
        post: operations["postNpsCampaigns"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/nps-campaigns/{campaignId}/move": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Start a campaign, or stop it */
        post: operations["postNpsCampaignsCampaignIdMove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/offers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Offers, newest first */
        get: operations["getOffers"];
        put?: never;
        /** Make an offer; it is published at once unless `publish` is false */
        post: operations["postOffers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/offers/{offerId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One offer, as its latest version is */
        get: operations["getOffersOfferId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change an offer: a new version, in force at once when the offer is published */
        patch: operations["patchOffersOfferId"];
        trace?: never;
    };
    "/api/v1/offers/{offerId}/coupons": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Coupons of an offer, by code */
        get: operations["getOffersOfferIdCoupons"];
        put?: never;
        /** Make coupon codes, at most 100,000 at a time; each is good for one order */
        post: operations["postOffersOfferIdCoupons"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/offers/{offerId}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End an offer for good */
        post: operations["postOffersOfferIdEnd"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/offers/{offerId}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Versions of an offer and when which was in force, newest first */
        get: operations["getOffersOfferIdHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/offers/{offerId}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take an offer out of force for a while */
        post: operations["postOffersOfferIdPause"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/offers/{offerId}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Publish a draft: prices follow it from now on, within its times */
        post: operations["postOffersOfferIdPublish"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/offers/{offerId}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put a paused offer in force again */
        post: operations["postOffersOfferIdResume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/offers/{offerId}/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What orders made of an offer */
        get: operations["getOffersOfferIdUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/offers/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many offers pass the filters in each state */
        get: operations["getOffersCounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/offers/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a draft would do to a cart, and what to think about before it is published; nothing is stored */
        post: operations["postOffersPreview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Orders, newest first; q finds by order number, external number, phone or name, in the archive too */
        get: operations["getOrders"];
        put?: never;
        /** Place an order */
        post: operations["postOrders"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders-archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is archived, month by month, and what the archive did last */
        get: operations["getOrdersArchive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders-archive/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Archived orders, newest first; q finds by order number, external number, phone or name */
        get: operations["getOrdersArchiveOrders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders-archive/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What would be archived now; `before` is the first month that stays */
        get: operations["getOrdersArchivePreview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders-archive/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Archive what ended before a month, or put a month back on line */
        post: operations["postOrdersArchiveRuns"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{orderId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One order, by id or order number; an archived one is read from its file */
        get: operations["getOrdersOrderId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{orderId}/allocation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which warehouses send the order, and why these */
        get: operations["getOrdersOrderIdAllocation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{orderId}/amend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change address, lines or remark; the difference is owed or goes back; with preview only told */
        post: operations["postOrdersOrderIdAmend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{orderId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancel: stock is released, what was paid goes back */
        post: operations["postOrdersOrderIdCancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{orderId}/claims": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** File a claim: the snapshot is compared with the rules of that moment at once */
        post: operations["postOrdersOrderIdClaims"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{orderId}/confirm-receipt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Confirm receipt: the order is completed */
        post: operations["postOrdersOrderIdConfirmReceipt"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{orderId}/explanation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which offers applied to the order, which did not and why, in words to send */
        get: operations["getOrdersOrderIdExplanation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{orderId}/extend-receipt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give the customer 3 or 7 more days, once */
        post: operations["postOrdersOrderIdExtendReceipt"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{orderId}/hold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop an order before it ships */
        post: operations["postOrdersOrderIdHold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{orderId}/identity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Record that the buyer has shown who they are */
        post: operations["postOrdersOrderIdIdentity"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{orderId}/intercept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have the carriers asked to bring back the parcels under way; what comes back is refunded */
        post: operations["postOrdersOrderIdIntercept"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{orderId}/invoice-preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What an invoice of the order would be about */
        get: operations["getOrdersOrderIdInvoicePreview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{orderId}/invoice-titles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The titles the customer of an order has used, the preferred one first */
        get: operations["getOrdersOrderIdInvoiceTitles"];
        put?: never;
        /** Keep a title for the customer of an order */
        post: operations["postOrdersOrderIdInvoiceTitles"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{orderId}/invoice-titles/{titleId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Forget a title of the customer of an order */
        delete: operations["deleteOrdersOrderIdInvoiceTitlesTitleId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{orderId}/merge-candidates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Other open orders of the buyer, and which could go with this one */
        get: operations["getOrdersOrderIdMergeCandidates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{orderId}/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open a payment for what is owed */
        post: operations["postOrdersOrderIdPayments"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{orderId}/priority": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How soon the order is picked, and why, term by term */
        get: operations["getOrdersOrderIdPriority"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{orderId}/refunds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Refund part of what was paid for the order, from its payments in the order they came */
        post: operations["postOrdersOrderIdRefunds"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{orderId}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lift holds */
        post: operations["postOrdersOrderIdRelease"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{orderId}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put an archived order back on line, with those it was split from or merged with */
        post: operations["postOrdersOrderIdRestore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{orderId}/review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Decide on a held order; above the review limit approving asks a second person, and the order stays held */
        post: operations["postOrdersOrderIdReview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{orderId}/snapshot": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The trade snapshot: what was agreed when the order was placed */
        get: operations["getOrdersOrderIdSnapshot"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{orderId}/split": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make several orders of one: by hand, by warehouse, or by what is there */
        post: operations["postOrdersOrderIdSplit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{orderId}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything that happened to the order */
        get: operations["getOrdersOrderIdTimeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{orderId}/undo-merge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Undo a merge, named by the order it made or any it was made of, until picking starts */
        post: operations["postOrdersOrderIdUndoMerge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{orderId}/undo-split": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Undo a split, named by the order that was split or any made of it, until picking starts */
        post: operations["postOrdersOrderIdUndoSplit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{orderId}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every change of the order, with what it changed */
        get: operations["getOrdersOrderIdVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Place up to 500 orders, each taken or refused on its own; with `together` up to 20 of one checkout, all or none */
        post: operations["postOrdersBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many orders are in each state, with the filters of the list; 1,000 means that or more */
        get: operations["getOrdersCounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/merge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make one order of several that go to the same place; without confirm only what would come of it */
        post: operations["postOrdersMerge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/split-address": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Split a pasted one-line address into name, phone and address; nothing is stored */
        post: operations["postOrdersSplitAddress"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/parcels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Parcels, newest first; `q` is a parcel, waybill or order number */
        get: operations["getParcels"];
        put?: never;
        /** Pack a parcel: the given lines, or all that is reserved in one warehouse and in no parcel */
        post: operations["postParcels"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/parcels/{parcelId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One parcel with its lines and track */
        get: operations["getParcelsParcelId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/parcels/{parcelId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a parcel apart before it ships */
        post: operations["postParcelsParcelIdCancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/parcels/{parcelId}/carton": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put a parcel into a carton */
        post: operations["postParcelsParcelIdCarton"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/parcels/{parcelId}/label.pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The label of a parcel, 100 × 150 mm; who prints it is recorded */
        get: operations["getParcelsParcelIdLabelPdf"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/parcels/{parcelId}/scan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Count a piece put into the parcel */
        post: operations["postParcelsParcelIdScan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/parcels/{parcelId}/ship": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hand a verified parcel to a carrier; the same call again answers the same */
        post: operations["postParcelsParcelIdShip"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/parcels/{parcelId}/slip.pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The packing slip of a parcel */
        get: operations["getParcelsParcelIdSlipPdf"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/parcels/{parcelId}/weigh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take what the scale says; a weight that differs needs a reason, and a second weighing or the right to override */
        post: operations["postParcelsParcelIdWeigh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/parcels/{parcelId}/weighings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the scale said of a parcel, newest first */
        get: operations["getParcelsParcelIdWeighings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/parcels/by-code/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a scanned parcel, waybill or order number stands for; unfinished work first */
        get: operations["getParcelsByCodeCode"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/parcels/labels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Labels of up to 500 parcels as one document, in the order named; nothing is kept of it */
        post: operations["postParcelsLabels"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/payment-channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Accounts at payment channels; of secrets only which are set, and since when */
        get: operations["getPaymentChannels"];
        put?: never;
        /** Add an account at a channel; one at each */
        post: operations["postPaymentChannels"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/payment-channels/{accountId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One account */
        get: operations["getPaymentChannelsAccountId"];
        /** Change an account; secrets that are not named stay as they are */
        put: operations["putPaymentChannelsAccountId"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/payment-channels/{accountId}/promote": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign with the next key pair from now on */
        post: operations["postPaymentChannelsAccountIdPromote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/payment-channels/{accountId}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a signed call to the channel and say what is wrong */
        post: operations["postPaymentChannelsAccountIdTest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/payment-stories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything about a number, of whatever it is: order, payment, refund, channel’s transaction, line of a bill, movement of the bank */
        get: operations["getPaymentStories"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Payments, newest first; of one order with `subject` */
        get: operations["getPayments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/payments/{paymentId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One payment */
        get: operations["getPaymentsPaymentId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/payments/{paymentId}/query": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask the channel about an open payment now */
        post: operations["postPaymentsPaymentIdQuery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/payments/{paymentId}/records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything the channel said about a payment, with the verdict on it */
        get: operations["getPaymentsPaymentIdRecords"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/payments/{paymentId}/refunds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Refunds of a payment, newest first */
        get: operations["getPaymentsPaymentIdRefunds"];
        put?: never;
        /** Refund part or all of a payment to where it came from; above the caller’s limit a second person agrees first */
        post: operations["postPaymentsPaymentIdRefunds"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/payments/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The channels and methods by which an order may be paid */
        get: operations["getPaymentsOptions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/permissions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything that can be permitted */
        get: operations["getPermissions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/personal-data/reveal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Show the personal data of one subject in full; who looked and why is recorded for ever */
        post: operations["postPersonalDataReveal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/picks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Picks, newest first; `q` is an order number */
        get: operations["getPicks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/picks/{pickId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One pick */
        get: operations["getPicksPickId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/picks/{pickId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End a pick; the goods go back to the shelf */
        post: operations["postPicksPickIdCancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/picks/{pickId}/scan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Count a piece taken from the shelf */
        post: operations["postPicksPickIdScan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/picks/{pickId}/short": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Pieces are not in their bin: take others, have them sent from elsewhere, or open an exception */
        post: operations["postPicksPickIdShort"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/portal/agreement-checks/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether a copy is of what was signed: its number, hash and time, and whether they hold. Tells nobody’s name */
        get: operations["getPortalAgreementChecksToken"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/portal/agreements/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The agreement behind a link. Looking signs nothing */
        get: operations["getPortalAgreementsToken"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/portal/agreements/{token}/pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The agreement behind a link, as PDF */
        get: operations["getPortalAgreementsTokenPdf"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/portal/agreements/{token}/sign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign it: once. `sha256` is that of the text one has read */
        post: operations["postPortalAgreementsTokenSign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/portal/back-in-stock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tell me when it is there again */
        post: operations["postPortalBackInStock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/portal/back-in-stock/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What I asked to be told about */
        get: operations["getPortalBackInStockToken"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/portal/back-in-stock/{token}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Do not tell me after all */
        post: operations["postPortalBackInStockTokenWithdraw"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/portal/exceptions/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What I may choose from; looking answers nothing */
        get: operations["getPortalExceptionsToken"];
        put?: never;
        /** My choice: recorded once, and done at once */
        post: operations["postPortalExceptionsToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/portal/feedback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** My answer; it may be changed until the time is over */
        post: operations["postPortalFeedback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/portal/feedback/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What I am asked; looking records nothing */
        get: operations["getPortalFeedbackToken"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/portal/orders/{orderId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My order */
        get: operations["getPortalOrdersOrderId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/portal/orders/{orderId}/agreements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Settlement agreements about my order, to be signed or signed */
        get: operations["getPortalOrdersOrderIdAgreements"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/portal/orders/{orderId}/agreements/{agreementId}/pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An agreement about my order, as PDF */
        get: operations["getPortalOrdersOrderIdAgreementsAgreementIdPdf"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/portal/orders/{orderId}/agreements/{agreementId}/sign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign an agreement about my order */
        post: operations["postPortalOrdersOrderIdAgreementsAgreementIdSign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/portal/orders/{orderId}/amend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change where my order goes, or my remark, until the warehouse begins */
        post: operations["postPortalOrdersOrderIdAmend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/portal/orders/{orderId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancel my order */
        post: operations["postPortalOrdersOrderIdCancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/portal/orders/{orderId}/claims": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My claims about the order and what became of them */
        get: operations["getPortalOrdersOrderIdClaims"];
        put?: never;
        /** Something is wrong with what I paid or got */
        post: operations["postPortalOrdersOrderIdClaims"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/portal/orders/{orderId}/confirm-receipt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** I have received it */
        post: operations["postPortalOrdersOrderIdConfirmReceipt"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/portal/orders/{orderId}/extend-receipt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** More time before receipt counts as confirmed */
        post: operations["postPortalOrdersOrderIdExtendReceipt"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/portal/orders/{orderId}/intercept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have my parcels stopped on their way */
        post: operations["postPortalOrdersOrderIdIntercept"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/portal/orders/{orderId}/invoices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My invoices of the order, and the titles I used before */
        get: operations["getPortalOrdersOrderIdInvoices"];
        put?: never;
        /** I would like an invoice */
        post: operations["postPortalOrdersOrderIdInvoices"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/portal/orders/{orderId}/invoices/{invoiceId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** I do not need it after all */
        post: operations["postPortalOrdersOrderIdInvoicesInvoiceIdCancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/portal/orders/{orderId}/invoices/{invoiceId}/pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My invoice as PDF */
        get: operations["getPortalOrdersOrderIdInvoicesInvoiceIdPdf"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/portal/orders/{orderId}/parcels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where my parcels are */
        get: operations["getPortalOrdersOrderIdParcels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/portal/orders/{orderId}/payment-options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How my order may be paid */
        get: operations["getPortalOrdersOrderIdPaymentOptions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/portal/orders/{orderId}/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Pay my order */
        post: operations["postPortalOrdersOrderIdPayments"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/portal/orders/{orderId}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What happened to my order */
        get: operations["getPortalOrdersOrderIdTimeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/portal/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Find my order: its number and the telephone it was placed with */
        post: operations["postPortalSessions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/presales": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What became of presales, newest first: orders, units, deposits and balances by how far they are */
        get: operations["getPresales"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/price-history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What one unit of a SKU cost in the eyes of a customer, and when, newest first */
        get: operations["getPriceHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Products, newest first */
        get: operations["getProducts"];
        put?: never;
        /** Add a product with its SKUs */
        post: operations["postProducts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/{productId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One product */
        get: operations["getProductsProductId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change a product and its SKUs */
        patch: operations["patchProductsProductId"];
        trace?: never;
    };
    "/api/v1/products/{productId}/picture": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The picture of a product */
        get: operations["getProductsProductIdPicture"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/quotes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What an order of these lines would cost, and why; nothing is reserved or used */
        post: operations["postQuotes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reconciliation-differences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The work list of differences, newest first */
        get: operations["getReconciliationDifferences"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reconciliation-differences/{differenceId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One difference with its history */
        get: operations["getReconciliationDifferencesDifferenceId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reconciliation-differences/{differenceId}/assign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a difference to somebody; `me` is whoever asks */
        post: operations["postReconciliationDifferencesDifferenceIdAssign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reconciliation-differences/{differenceId}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Agree to what another person proposes; it is carried out at once */
        post: operations["postReconciliationDifferencesDifferenceIdConfirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reconciliation-differences/{differenceId}/note": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add what was found out, with files as evidence */
        post: operations["postReconciliationDifferencesDifferenceIdNote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reconciliation-differences/{differenceId}/propose": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say what should be done about a difference */
        post: operations["postReconciliationDifferencesDifferenceIdPropose"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reconciliation-differences/{differenceId}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a proposal back */
        post: operations["postReconciliationDifferencesDifferenceIdReject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reconciliation-differences/{differenceId}/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take up a settled difference again */
        post: operations["postReconciliationDifferencesDifferenceIdReopen"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reconciliation-differences/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many differences there are by kind and state */
        get: operations["getReconciliationDifferencesCounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reconciliations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Bills that were loaded, the newest day first */
        get: operations["getReconciliations"];
        put?: never;
        /** Load the bill of a channel (multipart): WeChat trade or fund bill, Alipay trade or account bill, plain, GZIP or ZIP */
        post: operations["postReconciliations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reconciliations/{reconciliationId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One bill and how it compares */
        get: operations["getReconciliationsReconciliationId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reconciliations/{reconciliationId}/differences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The differences of a bill, in the order of its lines */
        get: operations["getReconciliationsReconciliationIdDifferences"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reconciliations/{reconciliationId}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The bill as it came */
        get: operations["getReconciliationsReconciliationIdFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reconciliations/{reconciliationId}/lines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The lines of a bill with what became of each */
        get: operations["getReconciliationsReconciliationIdLines"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reconciliations/{reconciliationId}/look-again": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Look again at what one side had alone; changes nothing that has not changed */
        post: operations["postReconciliationsReconciliationIdLookAgain"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reconciliations/fetch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask the channel for the bill of a day and load it */
        post: operations["postReconciliationsFetch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reconciliations/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Day by channel: matched, different, open; the last month unless told, three at most */
        get: operations["getReconciliationsReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/refunds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Refunds, newest first; `status=abnormal` is the work list */
        get: operations["getRefunds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/refunds/{refundId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One refund, with its order, payment and payout */
        get: operations["getRefundsRefundId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/refunds/{refundId}/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End an abnormal refund: paid to the customer by bank transfer (above the caller’s limit once confirmed), or given up */
        post: operations["postRefundsRefundIdResolve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/refunds/{refundId}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have the channel asked again about an abnormal refund */
        post: operations["postRefundsRefundIdRetry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/refunds/{refundId}/take": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Look after an abnormal refund oneself */
        post: operations["postRefundsRefundIdTake"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/replenishments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What orders wait for, SKU by SKU: for purchasing */
        get: operations["getReplenishments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/replenishments/{sku}/expect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Name the day a SKU is expected */
        post: operations["postReplenishmentsSkuExpect"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/review-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Review rules in order of priority, drafts too */
        get: operations["getReviewRules"];
        put?: never;
        /** Write a review rule; it is a draft until it is switched on */
        post: operations["postReviewRules"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/review-rules/{ruleId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One review rule */
        get: operations["getReviewRulesRuleId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change a review rule: a new version of it */
        patch: operations["patchReviewRulesRuleId"];
        trace?: never;
    };
    "/api/v1/review-rules/{ruleId}/off": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Switch a review rule off */
        post: operations["postReviewRulesRuleIdOff"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/review-rules/{ruleId}/on": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Switch a review rule on */
        post: operations["postReviewRulesRuleIdOn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/review-rules/reorder": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put the rules in order */
        post: operations["postReviewRulesReorder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/review-rules/try": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Which past orders a rule would have caught; nothing is changed */
        post: operations["postReviewRulesTry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Orders to review, the one due first before all others */
        get: operations["getReviews"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/{orderId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything a reviewer decides by */
        get: operations["getReviewsOrderId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/{orderId}/claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tell other reviewers for five minutes that you are at this order */
        post: operations["postReviewsOrderIdClaim"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/{orderId}/unclaim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give an order back to the other reviewers */
        post: operations["postReviewsOrderIdUnclaim"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reviews/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many orders are to be reviewed */
        get: operations["getReviewsCounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Built-in and own roles */
        get: operations["getRoles"];
        put?: never;
        /** Make a role */
        post: operations["postRoles"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roles/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change an own role, for everybody who has it; If-Match names the version */
        patch: operations["patchRolesCode"];
        trace?: never;
    };
    "/api/v1/roles/{code}/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Set how much whoever has a role, also a built-in one, decides alone; what is not named stays */
        put: operations["putRolesCodeLimits"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sandbox-bills/{billDate}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The bill of the sandbox channel of one day, in the form of WeChat’s trade bill (CSV) */
        get: operations["getSandboxBillsBillDate"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The sections of settings */
        get: operations["getSettings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settings/{section}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A section of settings with its JSON schema */
        get: operations["getSettingsSection"];
        /** Set the named values; If-Match names the version */
        put: operations["putSettingsSection"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settlements/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What statements are made of, newest first */
        get: operations["getSettlementsItems"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settlements/parties": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whom is settled with: shops, suppliers and stations, by name */
        get: operations["getSettlementsParties"];
        put?: never;
        /** Begin to settle with a shop, a supplier or a station */
        post: operations["postSettlementsParties"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settlements/parties/{partyId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A party with what was agreed and its accounts, masked */
        get: operations["getSettlementsPartiesPartyId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settlements/parties/{partyId}/account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask that a party be paid to another account; a second person agrees */
        post: operations["postSettlementsPartiesPartyIdAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settlements/parties/{partyId}/adjust": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask for an adjustment; a second person approves it */
        post: operations["postSettlementsPartiesPartyIdAdjust"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settlements/parties/{partyId}/agreements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A new version of what was agreed, from a moment on */
        post: operations["postSettlementsPartiesPartyIdAgreements"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settlements/parties/{partyId}/build": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a statement now of all that is open up to a day */
        post: operations["postSettlementsPartiesPartyIdBuild"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settlements/parties/{partyId}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What other terms would have cost on the sales of some days */
        post: operations["postSettlementsPartiesPartyIdPreview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settlements/payments/{payoutId}/failed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The bank has not paid; the statement can be paid again */
        post: operations["postSettlementsPaymentsPayoutIdFailed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settlements/payments/{payoutId}/paid": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The bank has paid, under its reference */
        post: operations["postSettlementsPaymentsPayoutIdPaid"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settlements/payouts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Batches for the bank, newest first */
        get: operations["getSettlementsPayouts"];
        put?: never;
        /** Make a batch of approved statements for the bank to pay */
        post: operations["postSettlementsPayouts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settlements/payouts/{batchId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A batch with its payments; accounts masked */
        get: operations["getSettlementsPayoutsBatchId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settlements/payouts/{batchId}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The batch as CSV for the bank, accounts in the clear; each is recorded as a look */
        get: operations["getSettlementsPayoutsBatchIdFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settlements/statements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Statements, newest first; `state` takes several, set apart by commas */
        get: operations["getSettlementsStatements"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settlements/statements/{statementId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A statement with its figures and history */
        get: operations["getSettlementsStatementsStatementId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settlements/statements/{statementId}/dispute": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Note that the party does not agree, or (null) that it does again */
        post: operations["postSettlementsStatementsStatementIdDispute"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settlements/statements/{statementId}/document": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The statement as PDF, in the language asked for */
        get: operations["getSettlementsStatementsStatementIdDocument"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settlements/statements/{statementId}/submit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hand a draft to a second person; POST /approvals/{approvalId}/approve decides */
        post: operations["postSettlementsStatementsStatementIdSubmit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settlements/statements/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many statements there are in each state, and what they pay */
        get: operations["getSettlementsStatementsCounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shipments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Shipments, newest first */
        get: operations["getShipments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shipments/{shipmentId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One shipment with its track */
        get: operations["getShipmentsShipmentId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shops": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Shops, by code */
        get: operations["getShops"];
        put?: never;
        /** Open a shop */
        post: operations["postShops"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/skus": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** SKUs by code, barcode or title (or those named in `codes`), with price, picture and what is left */
        get: operations["getSkus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/skus/{sku}/price-history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a SKU has cost, newest first */
        get: operations["getSkusSkuPriceHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/spot-checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Spot checks, newest first */
        get: operations["getSpotChecks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/spot-checks/{checkId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One spot check */
        get: operations["getSpotChecksCheckId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/spot-checks/{checkId}/photo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The photo of a spot check */
        get: operations["getSpotChecksCheckIdPhoto"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/spot-checks/{checkId}/result": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What was found; anything but `ok` opens an incident and has the parcel packed again */
        post: operations["postSpotChecksCheckIdResult"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/spot-checks/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Parcels checked and found wrong by packer and day; the last 30 days unless told */
        get: operations["getSpotChecksStats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Stock by SKU and warehouse */
        get: operations["getStock"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock-takes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Counts, newest first */
        get: operations["getStockTakes"];
        put?: never;
        /** Open a count; its bins are sold from as before */
        post: operations["postStockTakes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock-takes/{takeId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One count with how far it is */
        get: operations["getStockTakesTakeId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock-takes/{takeId}/bins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Bins of a count in walking order */
        get: operations["getStockTakesTakeIdBins"];
        put?: never;
        /** Take more bins into a count */
        post: operations["postStockTakesTakeIdBins"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock-takes/{takeId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End a count without booking anything */
        post: operations["postStockTakesTakeIdCancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock-takes/{takeId}/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Report what was counted, in order; each scanId counts once */
        post: operations["postStockTakesTakeIdCounts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock-takes/{takeId}/lines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lines of a count */
        get: operations["getStockTakesTakeIdLines"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock-takes/{takeId}/reasons": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say why lines differ */
        post: operations["postStockTakesTakeIdReasons"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock-takes/{takeId}/recounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have lines counted anew by another person */
        post: operations["postStockTakesTakeIdRecounts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock-takes/{takeId}/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a request for approval back and count on */
        post: operations["postStockTakesTakeIdReopen"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock-takes/{takeId}/report.pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the count found, to sign */
        get: operations["getStockTakesTakeIdReportPdf"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock-takes/{takeId}/report.xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the count found, as a workbook */
        get: operations["getStockTakesTakeIdReportXlsx"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock-takes/{takeId}/sheet.pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The sheet to count by, to print */
        get: operations["getStockTakesTakeIdSheetPdf"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock-takes/{takeId}/sheet.xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The sheet to count by, as a workbook */
        get: operations["getStockTakesTakeIdSheetXlsx"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock-takes/{takeId}/submit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End the counting: small differences are booked, others wait for another person */
        post: operations["postStockTakesTakeIdSubmit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock-takes/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** How much a count would cover */
        post: operations["postStockTakesPreview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock-takes/suggestions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Bins that are due to be counted, with why */
        get: operations["getStockTakesSuggestions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock/adjustments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Correct stock, with a reason */
        post: operations["postStockAdjustments"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Stock that is low, too much, slow-moving or near expiry, the newest first */
        get: operations["getStockAlerts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock/alerts/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many alerts of each kind are open */
        get: operations["getStockAlertsCounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock/allotments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Units kept for sales channels */
        get: operations["getStockAllotments"];
        /** Keep units of a SKU for one sales channel */
        put: operations["putStockAllotments"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Prove that ledger, balances and reservations agree */
        get: operations["getStockAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock/batches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Batches, those that expire first at the front */
        get: operations["getStockBatches"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock/batches/{batchId}/state": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hold a batch back, recall it, or release it */
        post: operations["postStockBatchesBatchIdState"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock/bins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What stands in which bin */
        get: operations["getStockBins"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock/damages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Goods are damaged: they stay, and are not for sale */
        post: operations["postStockDamages"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Expected deliveries, newest first; `q` is a number, a reference or part of the supplier */
        get: operations["getStockDeliveries"];
        put?: never;
        /** Note what a supplier is to bring */
        post: operations["postStockDeliveries"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock/deliveries/{deliveryId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One delivery: ordered, received, over and short */
        get: operations["getStockDeliveriesDeliveryId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock/deliveries/{deliveryId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** It will not come at all */
        post: operations["postStockDeliveriesDeliveryIdCancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock/deliveries/{deliveryId}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Nothing more will come */
        post: operations["postStockDeliveriesDeliveryIdClose"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock/deliveries/{deliveryId}/receive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take in what came of a delivery */
        post: operations["postStockDeliveriesDeliveryIdReceive"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock/documents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Stock documents, newest first */
        get: operations["getStockDocuments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock/documents/{documentId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One document with what it moved, bin by bin */
        get: operations["getStockDocumentsDocumentId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock/documents/{documentId}/reverse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Undo a document by another one; above the limit another person approves */
        post: operations["postStockDocumentsDocumentIdReverse"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock/freezes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Keep goods from being sold */
        post: operations["postStockFreezes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock/kits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Kits and what they are made of */
        get: operations["getStockKits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock/kits/{sku}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Say what a kit is made of; without components it is a kit no longer */
        put: operations["putStockKitsSku"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock/kits/assemble": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make kits of their components */
        post: operations["postStockKitsAssemble"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock/kits/take-apart": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take kits apart */
        post: operations["postStockKitsTakeApart"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock/levels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Set the safety stock of SKUs in warehouses: units no order may take */
        put: operations["putStockLevels"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock/moves": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The ledger of one SKU, newest first */
        get: operations["getStockMoves"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Count demand, forecast and look for alerts now instead of at night */
        post: operations["postStockPlan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock/receipts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take goods in */
        post: operations["postStockReceipts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock/relocations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put goods from one bin into another: put away, rearrange, replenish */
        post: operations["postStockRelocations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How SKUs are bought where it is not as usual */
        get: operations["getStockRules"];
        /** Say how a SKU is bought, in one warehouse or in all; absent fields are inherited */
        put: operations["putStockRules"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock/rules/{sku}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take a rule of a SKU back: for a warehouse, or the one for all */
        delete: operations["deleteStockRulesSku"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock/scraps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Throw goods away; above the limit another person approves */
        post: operations["postStockScraps"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock/skus/{sku}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A SKU by warehouse: stock, forecast with its error, reorder point with its calculation, rules */
        get: operations["getStockSkusSku"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock/skus/{sku}/demand": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was asked of a SKU in a warehouse, day by day up to yesterday */
        get: operations["getStockSkusSkuDemand"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock/slotting": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Goods that should change places, so that what is picked often lies near */
        get: operations["getStockSlotting"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock/suggestions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What to order now and how much, the shortest cover first */
        get: operations["getStockSuggestions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock/transfers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send goods to another warehouse */
        post: operations["postStockTransfers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock/transfers/{documentId}/receive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a transfer in */
        post: operations["postStockTransfersDocumentIdReceive"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock/unfreezes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let frozen goods be sold again */
        post: operations["postStockUnfreezes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/support-agents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who answers tickets, and whether they take any at present */
        get: operations["getSupportAgents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/support-agents/{userId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Say whether one takes tickets; for others, and for limits, supervision is needed */
        put: operations["putSupportAgentsUserId"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/support-load": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many open tickets each person has */
        get: operations["getSupportLoad"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/support-settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the service desk promises, its calendars and its numbers */
        get: operations["getSupportSettings"];
        /** Set the named values; clocks of open tickets are computed anew, what has passed is kept */
        put: operations["putSupportSettings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/support-settings/recompute": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Bring all open tickets in line with what is promised now, such as after the holidays of a year were published */
        post: operations["postSupportSettingsRecompute"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/support-teams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Teams and who is in them */
        get: operations["getSupportTeams"];
        put?: never;
        /** Add a team */
        post: operations["postSupportTeams"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/support-teams/{teamId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change a team: who is in it, who leads it, its calendar, what comes to it by itself */
        put: operations["putSupportTeamsTeamId"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tax-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tax codes and rates of SKUs, categories and the organisation */
        get: operations["getTaxCodes"];
        /** Set the tax code of a SKU, a category or the organisation; applications that waited for one go on */
        put: operations["putTaxCodes"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tax-codes/{taxCodeId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take a tax code away: what it was for falls back to its category or the organisation */
        delete: operations["deleteTaxCodesTaxCodeId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ticket-categories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The tree of categories, built-in and own */
        get: operations["getTicketCategories"];
        /** Rename a category, or switch it off and on; roots stay */
        put: operations["putTicketCategories"];
        /** Add a category below one of the six roots */
        post: operations["postTicketCategories"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ticket-views": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My saved views of the list */
        get: operations["getTicketViews"];
        /** Save a view under a name */
        put: operations["putTicketViews"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ticket-views/{viewId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Forget a view */
        delete: operations["deleteTicketViewsViewId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tickets: open ones by what is due first, others newest first */
        get: operations["getTickets"];
        put?: never;
        /** Open a ticket */
        post: operations["postTickets"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/{ticketId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A ticket, by id or number */
        get: operations["getTicketsTicketId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change what a ticket is about; If-Match names the version */
        patch: operations["patchTicketsTicketId"];
        trace?: never;
    };
    "/api/v1/tickets/{ticketId}/agreements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Settlement agreements of a complaint, newest version first */
        get: operations["getTicketsTicketIdAgreements"];
        put?: never;
        /** Draft a settlement agreement; the version of before is superseded */
        post: operations["postTicketsTicketIdAgreements"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/{ticketId}/assign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a ticket, or give it to somebody or to a team */
        post: operations["postTicketsTicketIdAssign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/{ticketId}/clocks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Why it is due then: every stretch of time of every clock, what it counted for, and the sum */
        get: operations["getTicketsTicketIdClocks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/{ticketId}/escalate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Escalate a ticket */
        post: operations["postTicketsTicketIdEscalate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/{ticketId}/files/{fileId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A file that belongs to what was said */
        get: operations["getTicketsTicketIdFilesFileId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/{ticketId}/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Link what a ticket is about */
        post: operations["postTicketsTicketIdLinks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/{ticketId}/links/{linkKind}/{refId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take a link away */
        delete: operations["deleteTicketsTicketIdLinksLinkKindRefId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/{ticketId}/mail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What of a ticket came and went by e-mail */
        get: operations["getTicketsTicketIdMail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/{ticketId}/merge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have tickets go on in one; answers with that one */
        post: operations["postTicketsTicketIdMerge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/{ticketId}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was said, newest first */
        get: operations["getTicketsTicketIdMessages"];
        put?: never;
        /** Answer, write a note, or write down what the customer said */
        post: operations["postTicketsTicketIdMessages"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/{ticketId}/move": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Start, release, wait for somebody, or close */
        post: operations["postTicketsTicketIdMove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/{ticketId}/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Back to work */
        post: operations["postTicketsTicketIdReopen"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/{ticketId}/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Progress reports on a major complaint */
        get: operations["getTicketsTicketIdReports"];
        put?: never;
        /** File the progress report that is due next */
        post: operations["postTicketsTicketIdReports"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/{ticketId}/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The work is done */
        post: operations["postTicketsTicketIdResolve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/{ticketId}/split": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a ticket of some of the messages; answers with the new one */
        post: operations["postTicketsTicketIdSplit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/{ticketId}/unmerge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Undo a merge */
        post: operations["postTicketsTicketIdUnmerge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/{ticketId}/watchers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Have somebody watch a ticket, or not any more */
        put: operations["putTicketsTicketIdWatchers"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/at-risk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Promises that run out soon, or have run out and are not kept yet */
        get: operations["getTicketsAtRisk"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Assign, tag or close many tickets, each by itself */
        post: operations["postTicketsBulk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** People who may sign in, with their roles and last sign-in */
        get: operations["getUsers"];
        put?: never;
        /** Add a person */
        post: operations["postUsers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{userId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A person */
        get: operations["getUsersUserId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change name, roles, scopes or status; If-Match names the version */
        patch: operations["patchUsersUserId"];
        trace?: never;
    };
    "/api/v1/users/{userId}/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Set how much one person decides alone, whatever their roles say; what is not named stays */
        put: operations["putUsersUserIdLimits"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{userId}/remove-two-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** For a lost phone: take the second factor away, so that the person enrols anew */
        post: operations["postUsersUserIdRemoveTwoFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{userId}/reset-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Set a new password; ends every session of the person */
        post: operations["postUsersUserIdResetPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{userId}/revoke-sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign a person out everywhere; one may do this to oneself */
        post: operations["postUsersUserIdRevokeSessions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{userId}/unlock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a person try again before the lock runs out */
        post: operations["postUsersUserIdUnlock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/warehouses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Warehouses, those taken from first at the front */
        get: operations["getWarehouses"];
        put?: never;
        /** Open a warehouse */
        post: operations["postWarehouses"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/warehouses/{warehouse}/bins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Bins by code; `q` is how the code begins */
        get: operations["getWarehousesWarehouseBins"];
        put?: never;
        /** Make bins */
        post: operations["postWarehousesWarehouseBins"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/warehouses/{warehouse}/bins/{bin}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change a bin: its zone, its place on the floor, closed for new goods */
        patch: operations["patchWarehousesWarehouseBinsBin"];
        trace?: never;
    };
    "/api/v1/warehouses/{warehouse}/lay-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lay a zone out: bins along straight aisles */
        post: operations["postWarehousesWarehouseLayOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/warehouses/{warehouse}/layout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Say how the floor looks: aisles, cross-aisles, where walking begins */
        put: operations["putWarehousesWarehouseLayout"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/warehouses/{warehouse}/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The floor of a warehouse with its bins and how full they are */
        get: operations["getWarehousesWarehousePlan"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/warehouses/{warehouse}/put-away": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is not in a bin of its own yet, and where to put it */
        get: operations["getWarehousesWarehousePutAway"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/warehouses/{warehouse}/zones": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Zones of a warehouse */
        get: operations["getWarehousesWarehouseZones"];
        put?: never;
        /** Make a zone */
        post: operations["postWarehousesWarehouseZones"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/warehouses/{warehouseId}/service": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where a warehouse sends to, at what cost and how fast */
        get: operations["getWarehousesWarehouseIdService"];
        /** Say where a warehouse sends to: replaces what it said before */
        put: operations["putWarehousesWarehouseIdService"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/waves": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Waves, newest first */
        get: operations["getWaves"];
        put?: never;
        /** Start picking: the named orders, or the oldest that wait */
        post: operations["postWaves"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/waves/{waveId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One wave with its picks */
        get: operations["getWavesWaveId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/waves/{waveId}/pick-route": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The shortest walk past the bins of a wave, or of one of its rounds */
        post: operations["postWavesWaveIdPickRoute"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where events are sent, newest first; never the secrets */
        get: operations["getWebhooks"];
        put?: never;
        /** Have events sent somewhere; the secret that signs them is in this answer and nowhere else */
        post: operations["postWebhooks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{webhookId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End an endpoint and forget its deliveries */
        delete: operations["deleteWebhooksWebhookId"];
        options?: never;
        head?: never;
        /** Change where, what or whether; switching on again forgets the failures */
        patch: operations["patchWebhooksWebhookId"];
        trace?: never;
    };
    "/api/v1/webhooks/{webhookId}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was sent and what came of it, newest first; kept for 30 days */
        get: operations["getWebhooksWebhookIdDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{webhookId}/deliveries/{deliveryId}/redeliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send it again under the same ids, whatever came of it before */
        post: operations["postWebhooksWebhookIdDeliveriesDeliveryIdRedeliver"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{webhookId}/ping": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a harmless event to this endpoint */
        post: operations["postWebhooksWebhookIdPing"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{webhookId}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A new secret, shown once; the old one signs beside it for 24 hours */
        post: operations["postWebhooksWebhookIdRotateSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/event-types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The events there are, with the JSON schema of their data */
        get: operations["getWebhooksEventTypes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sandbox/payments/{paymentId}/settle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have the sandbox channel settle a payment and send its signed callback */
        post: operations["postSandboxPaymentsPaymentIdSettle"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sandbox/shipments/{shipmentId}/advance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have the sandbox carrier move a parcel and push the news; takes the id of the shipment or of the parcel */
        post: operations["postSandboxShipmentsShipmentIdAdvance"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AddSettlementAgreement: {
            /** Format: date-time */
            effectiveFrom: string;
            /** @default  */
            note?: string;
            /** Format: uuid */
            partyId: string;
            terms: {
                /**
                 * @default {
                 *       "kind": "completed"
                 *     }
                 */
                basis?: {
                    /** @constant */
                    kind: "completed";
                } | {
                    days: number;
                    /** @constant */
                    kind: "shipped";
                };
                /**
                 * @default us
                 * @enum {string}
                 */
                channelFee?: "us" | "party";
                /**
                 * @default {
                 *       "rateMillionths": 0,
                 *       "fixed": 0,
                 *       "floor": null,
                 *       "cap": null,
                 *       "categories": [],
                 *       "onFreight": false,
                 *       "backOnRefund": true,
                 *       "onOthersMoney": false
                 *     }
                 */
                commission?: {
                    /** @default true */
                    backOnRefund?: boolean;
                    /** @default null */
                    cap?: number | null;
                    /** @default [] */
                    categories?: {
                        path: string;
                        rateMillionths: number;
                    }[];
                    /** @default 0 */
                    fixed?: number;
                    /** @default null */
                    floor?: number | null;
                    /** @default false */
                    onFreight?: boolean;
                    /** @default false */
                    onOthersMoney?: boolean;
                    /** @default 0 */
                    rateMillionths?: number;
                };
                cycle: {
                    days: number;
                    /** @constant */
                    kind: "daily";
                } | {
                    /** @constant */
                    kind: "weekly";
                    weekday: number;
                } | {
                    day: number;
                    /** @constant */
                    kind: "monthly";
                };
                /**
                 * @default {
                 *       "rateMillionths": 0,
                 *       "amount": 0,
                 *       "days": 30
                 *     }
                 */
                hold?: {
                    /** @default 0 */
                    amount?: number;
                    /** @default 30 */
                    days?: number;
                    /** @default 0 */
                    rateMillionths?: number;
                };
                /** @default 0 */
                minimum?: number;
            };
        };
        AddToBlacklist: {
            address?: {
                address: string;
                /** @default  */
                city?: string;
                /** @default  */
                district?: string;
                /** @default  */
                province?: string;
            };
            device?: string;
            kinds: ("phone" | "address" | "device")[];
            orderId?: string;
            phone?: string;
            reason: string;
            /** Format: date-time */
            until?: string;
        };
        AdjustSettlement: {
            amount: number;
            /** Format: uuid */
            partyId: string;
            reason: string;
            /** Format: uuid */
            statementId?: string;
        };
        AgreementToSign: {
            amount: components["schemas"]["Money"];
            checkUrl: string | null;
            customer: string;
            expiresAt: string | null;
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            locale: "zh-CN" | "en";
            measures: string;
            no: string;
            orderNo: string | null;
            organisation: string;
            other: string;
            performBy: string | null;
            sha256: string;
            signedAt: string | null;
            signedBy: string | null;
            /** @enum {string} */
            state: "open" | "expired" | "signed" | "gone";
            text: string;
            ticketNo: string;
            version: number;
        };
        Allotment: {
            channel: string;
            quantity: number;
            sku: string;
            title: string;
            warehouse: string;
        };
        AmendedOrder: {
            archived: boolean;
            begun: boolean;
            cancelledAt: string | null;
            change: {
                after: components["schemas"]["Money"];
                approvalId: string | null;
                before: components["schemas"]["Money"];
                due: components["schemas"]["Money"];
                preview: boolean;
                refund: components["schemas"]["Money"];
            };
            channel: string;
            completedAt: string | null;
            confirmBefore: string | null;
            confirmedAt: string | null;
            /** Format: date-time */
            createdAt: string;
            customer: {
                externalId: string | null;
                /** Format: uuid */
                id: string;
                level: string;
                member?: components["schemas"]["MemberLevel"] | null;
                name: string;
                phone: string;
            };
            deliveredAt: string | null;
            derived: ("split" | "merged") | null;
            discount: components["schemas"]["Money"];
            due: components["schemas"]["Money"];
            expected: {
                carrier: string | null;
                /** @enum {string} */
                risk: "low" | "medium" | "high";
                /** Format: date-time */
                shipsAt: string;
            } | null;
            externalNo: string | null;
            freight: components["schemas"]["Money"];
            /** @enum {string} */
            fulfilment: "none" | "partial" | "shipped" | "delivered" | "returned";
            funds: {
                amount: components["schemas"]["Money"];
                /** Format: uuid */
                id: string;
                orderNo: string;
                refunded: components["schemas"]["Money"];
            }[];
            goods: components["schemas"]["Money"];
            historical: boolean;
            holds: string[];
            /** Format: uuid */
            id: string;
            interceptions: components["schemas"]["Interception"][];
            lines: components["schemas"]["OrderLine"][];
            madeOf: {
                /** Format: uuid */
                id: string;
                orderNo: string;
            }[];
            may: string[];
            orderNo: string;
            overpaid: components["schemas"]["Money"];
            paid: components["schemas"]["Money"];
            paidAt: string | null;
            payBefore: string | null;
            /** @enum {string} */
            payment: "prepaid" | "online" | "cod";
            pendingChange: {
                /** Format: uuid */
                approvalId: string;
                /** Format: date-time */
                expiresAt: string;
                /** Format: date-time */
                requestedAt: string;
            } | null;
            /** Format: date-time */
            placedAt: string;
            presale: components["schemas"]["Presale"] | null;
            promisedShipAt: string | null;
            receiptDueAt: string | null;
            receiptExtendedDays: number;
            refunded: components["schemas"]["Money"];
            remark: string | null;
            revision: number;
            shippedAt: string | null;
            shipTo: {
                address: string;
                city: string;
                country: string | null;
                district: string;
                name: string;
                phone: string;
                province: string;
            };
            shop: string;
            /** @enum {string} */
            status: "pending_payment" | "paid" | "shipped" | "delivered" | "completed" | "cancelled" | "closed";
            superseded: ("split" | "merged" | "undone") | null;
            supersededBy: {
                /** Format: uuid */
                id: string;
                orderNo: string;
            }[];
            total: components["schemas"]["Money"];
            version: number;
        };
        ApiKey: {
            /** Format: date-time */
            createdAt: string;
            createdBy: string;
            expiresAt: string | null;
            /** Format: uuid */
            id: string;
            lastUsedAt: string | null;
            name: string;
            prefix: string;
            revokedAt: string | null;
            scopes: string[];
            shops: string[] | null;
            version: number;
        };
        ApiKeyList: {
            items: components["schemas"]["ApiKey"][];
            nextCursor: string | null;
        };
        ApiKeyMade: {
            /** Format: uuid */
            id: string;
            key: string;
            name: string;
        };
        Approval: {
            decidedAt: string | null;
            decidedBy: string | null;
            decidedByName: string | null;
            expiresAt: string;
            facts: {
                [key: string]: unknown;
            };
            /** Format: uuid */
            id: string;
            kind: string;
            may: ("approve" | "reject" | "withdraw")[];
            note: string | null;
            requestedAt: string;
            requestedBy: string;
            requestedByName: string;
            /** @enum {string} */
            state: "pending" | "approved" | "rejected" | "expired" | "withdrawn";
            subject: string;
            version: number;
        };
        ArchivedOrder: {
            channel: string;
            externalNo: string | null;
            /** Format: uuid */
            id: string;
            month: string;
            orderNo: string;
            /** Format: date-time */
            placedAt: string;
            shop: string;
            /** @enum {string} */
            status: "pending_payment" | "paid" | "shipped" | "delivered" | "completed" | "cancelled" | "closed";
            total: components["schemas"]["Money"];
        };
        ArchiveOverview: {
            archiveAfterMonths: number;
            before: string;
            months: {
                bytes: number;
                files: number;
                /** Format: date-time */
                lastAt: string;
                month: string;
                orders: number;
                restored: number;
            }[];
            onLineMonths: number;
            runs: components["schemas"]["ArchiveRun"][];
        };
        ArchivePreview: {
            before: string;
            months: {
                month: string;
                orders: number;
                units: number;
            }[];
            orders: number;
        };
        ArchiveRun: {
            /** Format: date-time */
            askedAt: string;
            askedBy: {
                id: string;
                name: string;
            };
            done: number;
            endedAt: string | null;
            files: number;
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "archive" | "restore";
            month: string | null;
            problem: string | null;
            /** @enum {string} */
            state: "queued" | "running" | "done" | "failed";
            total: number | null;
        };
        AskBackInStock: {
            customer: {
                /** Format: email */
                email?: string;
                name?: string;
                phone?: string;
            };
            shop?: string;
            sku: string;
        };
        AuditEvent: {
            actor: {
                id: string;
                kind: string;
                name: string;
            };
            at: string;
            data: unknown;
            key: string;
            requestId: string;
            seq: number;
            summary: string;
            type: string;
        };
        BackInStock: {
            /** Format: date-time */
            createdAt: string;
            email: string;
            endedAt: string | null;
            /** Format: date-time */
            expiresAt: string;
            /** Format: uuid */
            id: string;
            name: string;
            phone: string;
            sku: string;
            /** @enum {string} */
            state: "waiting" | "told" | "expired" | "withdrawn";
        };
        BackInStockCount: {
            available: number;
            /** Format: date-time */
            since: string;
            sku: string;
            title: string;
            waiting: number;
        };
        BankAccount: {
            accountNo: string;
            bank: string;
            code: string;
            /** @enum {string} */
            currency: "CNY" | "HKD" | "USD" | "EUR" | "GBP" | "JPY";
            enabled: boolean;
            /** Format: uuid */
            id: string;
            may: string[];
            name: string;
            takesTransfers: boolean;
            version: number;
        };
        BankLine: {
            account: string;
            amount: number;
            at: string;
            balance: number | null;
            currency: string;
            /** Format: uuid */
            id: string;
            left: number;
            matches: components["schemas"]["BankMatch"][];
            may: string[];
            party: string;
            ref: string;
            remark: string;
            /** @enum {string} */
            state: "open" | "matched" | "ignored";
            suggestions: {
                entries: {
                    amount: number;
                    at: string;
                    /** Format: uuid */
                    id: string;
                    kind: string;
                }[];
                payments: {
                    amount: number;
                    createdAt: string;
                    /** Format: uuid */
                    id: string;
                    named: boolean;
                    orderNo: string;
                    paymentNo: string;
                }[];
                refunds: {
                    amount: number;
                    createdAt: string;
                    /** Format: uuid */
                    id: string;
                    refundNo: string;
                }[];
                settlements: {
                    bills: {
                        amount: number;
                        /** Format: uuid */
                        id: string;
                        label: string;
                        on: string;
                    }[];
                    channel: string;
                }[];
            };
        };
        BankLineSummary: {
            account: string;
            amount: number;
            at: string;
            balance: number | null;
            currency: string;
            /** Format: uuid */
            id: string;
            left: number;
            may: string[];
            party: string;
            ref: string;
            remark: string;
            /** @enum {string} */
            state: "open" | "matched" | "ignored";
        };
        BankLineSums: {
            items: {
                amount: number;
                left: number;
                lines: number;
                /** @enum {string} */
                side: "in" | "out";
                /** @enum {string} */
                state: "open" | "matched" | "ignored";
            }[];
            unseen: {
                in: number;
                items: {
                    amount: number;
                    at: string;
                    currency: string;
                    /** Format: uuid */
                    id: string;
                    kind: string;
                }[];
                out: number;
            };
        };
        BankMatch: {
            account: string | null;
            amount: number;
            at: string;
            by: string;
            channel: string | null;
            entryId: string | null;
            fee: number;
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "payment" | "settlement" | "refund" | "entry" | "other";
            may: string[];
            note: string;
            paymentId: string | null;
            refundId: string | null;
            undoneAt: string | null;
            undoneBy: string | null;
        };
        Batch: {
            batch: string;
            expiresOn: string | null;
            /** Format: uuid */
            id: string;
            producedOn: string | null;
            sku: string;
            /** @enum {string} */
            state: "released" | "held" | "recalled";
            units: number;
            version: number;
        };
        BatchOrders: {
            orders: unknown[];
            /** @default false */
            together?: boolean;
        };
        BatchResult: {
            results: {
                index: number;
                order?: unknown;
                problem?: unknown;
                status: number;
            }[];
        };
        BillLine: {
            amount: number;
            at: string;
            currency: string;
            fee: number;
            /** @enum {string} */
            kind: "payment" | "refund" | "other";
            line: number;
            merchantNo: string;
            /** @enum {string} */
            outcome: "matched" | "amount" | "status" | "channel_only" | "fee" | "duplicate" | "expected" | "recorded";
            paymentId: string | null;
            refundId: string | null;
            refundNo: string;
            refundTxn: string;
            status: string;
            txn: string;
        };
        Bin: {
            aisle: number | null;
            bay: number | null;
            closed: boolean;
            code: string;
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "floor" | "storage" | "staging" | "quarantine";
            level: number | null;
            side: ("L" | "R") | null;
            version: number;
            xMm: number | null;
            yMm: number | null;
            zone: string | null;
        };
        BinDue: {
            bin: string;
            lastCountedAt: string | null;
            reasons: ("short_pick" | "refused" | "class_a" | "high_value" | "stale")[];
            skus: number;
            zone: string | null;
        };
        BinStock: {
            allocated: number;
            batch: string | null;
            batchState: ("released" | "held" | "recalled") | null;
            bin: string;
            /** @enum {string} */
            binKind: "floor" | "storage" | "staging" | "quarantine";
            expiresOn: string | null;
            producedOn: string | null;
            quantity: number;
            sku: string;
            /** @enum {string} */
            state: "good" | "damaged" | "frozen";
            title: string;
            warehouse: string;
            zone: string | null;
        };
        BlacklistEntry: {
            /** Format: date-time */
            addedAt: string;
            addedBy: string;
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "phone" | "address" | "device";
            masked: string;
            reason: string;
            until: string | null;
        };
        BuildSettlement: {
            /** @default false */
            final?: boolean;
            /** Format: uuid */
            partyId: string;
            /** Format: date */
            through?: string;
        };
        Carrier: {
            /** @enum {string} */
            adapter: "manual" | "sandbox";
            code: string;
            enabled: boolean;
            name: string;
            version: number;
        };
        Carton: {
            active: boolean;
            code: string;
            cost: components["schemas"]["Money"];
            heightMm: number;
            /** Format: uuid */
            id: string;
            lengthMm: number;
            material: string;
            maxG: number;
            name: string;
            tareG: number;
            version: number;
            widthMm: number;
        };
        CartonPlan: {
            cartons: {
                code: string;
                filledPercent: number;
                name: string;
                pieces: {
                    quantity: number;
                    sku: string;
                }[];
                placements: {
                    at: number[];
                    size: number[];
                    sku: string;
                }[];
                weightG: number;
            }[];
            estimated: boolean;
            /** @enum {string} */
            how: "one" | "several" | "none" | "too_many";
            passed: {
                code: string;
                /** @enum {string} */
                why: "too_small" | "too_heavy";
            }[];
            says: string;
            unfit: {
                quantity: number;
                sku: string;
            }[];
        };
        ChangeMailAccount: {
            /** @default true */
            acknowledge?: boolean;
            address: string;
            /** @default inquiry */
            category?: string;
            /** @default true */
            enabled?: boolean;
            imap: {
                /** @default INBOX */
                folder?: string;
                host: string;
                /** @default null */
                moveTo?: string | null;
                password?: string;
                /** @default 993 */
                port?: number;
                /**
                 * @default tls
                 * @enum {string}
                 */
                security?: "tls" | "starttls" | "none";
                user: string;
            };
            /** @default false */
            isDefault?: boolean;
            /** @default null */
            locale?: ("zh-CN" | "en") | null;
            /** Format: uuid */
            mailboxId: string;
            name: string;
            /** @default false */
            plus?: boolean;
            /** @default  */
            senderName?: string;
            /** @default null */
            smtp?: {
                host: string;
                password?: string;
                /** @default 465 */
                port?: number;
                /**
                 * @default tls
                 * @enum {string}
                 */
                security?: "tls" | "starttls" | "none";
                /** @default null */
                user?: string | null;
            } | null;
            /** @default null */
            teamId?: string | null;
        };
        ChangeWebhook: {
            enabled?: boolean;
            events?: string[];
            /** Format: uri */
            url?: string;
            /** Format: uuid */
            webhookId: string;
        };
        CheckPlan: {
            everyNth: number | null;
            firstParcels: number;
            fragile: boolean;
            permille: number;
            valueAbove: number | null;
            version: number;
            warehouse: string;
        };
        Claim: {
            answer: string | null;
            approval: {
                /** Format: date-time */
                expiresAt: string;
                /** Format: uuid */
                id: string;
                /** Format: date-time */
                requestedAt: string;
                requestedBy: string;
            } | null;
            asked: {
                note: string;
                points: number;
                refund: components["schemas"]["Money"];
                sendGift: boolean;
            } | null;
            awaitsApproval: boolean;
            /** @enum {string} */
            clock: "running" | "warned" | "missed" | "done";
            couponCode: string | null;
            customer: {
                /** Format: uuid */
                id: string;
                name: string;
                phone: string;
            };
            difference: {
                amount: number;
                /** @enum {string} */
                currency: "CNY" | "HKD" | "USD" | "EUR" | "GBP" | "JPY";
            };
            /** Format: date-time */
            dueAt: string;
            goesOnIn: {
                /** Format: uuid */
                id: string;
                orderNo: string;
            }[];
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "coupon_not_applied" | "offer_not_applied" | "points_missing" | "price_wrong" | "gift_missing" | "other";
            may: ("correct" | "dismiss")[];
            no: string;
            note: string;
            offer: string | null;
            /** Format: date-time */
            openedAt: string;
            openedBy: string;
            /** Format: uuid */
            orderId: string;
            orderNo: string;
            points: number | null;
            refunded: components["schemas"]["Money"] | null;
            report: {
                /** Format: date-time */
                computedAt: string;
                coupons: {
                    applied: boolean;
                    brought: boolean;
                    code: string;
                    offer: string | null;
                    /** @enum {string} */
                    state: "unknown" | "not_issued" | "not_yours" | "used" | "expired" | "free";
                }[];
                findings: {
                    code: string;
                    says: string;
                    /** @enum {string} */
                    tone: "error" | "unclear" | "fine";
                }[];
                gifts: {
                    due: number;
                    given: number;
                    goods: string;
                    offer: string;
                    shipped: number;
                    sku: string;
                    title: string;
                }[];
                lines: {
                    agreed: boolean;
                    charged: {
                        discounts: {
                            amount: number;
                            offer: string;
                            title: string;
                        }[];
                        payable: components["schemas"]["Money"];
                        unitPrice: components["schemas"]["Money"];
                    };
                    difference: {
                        amount: number;
                        /** @enum {string} */
                        currency: "CNY" | "HKD" | "USD" | "EUR" | "GBP" | "JPY";
                    };
                    /** Format: uuid */
                    id: string;
                    quantity: number;
                    rules: {
                        discounts: {
                            amount: number;
                            offer: string;
                            title: string;
                        }[];
                        payable: components["schemas"]["Money"];
                        unitPrice: components["schemas"]["Money"];
                    };
                    sku: string;
                    title: string;
                }[];
                offers: {
                    charged: components["schemas"]["Money"] | null;
                    coupon: string | null;
                    offer: string;
                    period: string;
                    reason: string | null;
                    rules: components["schemas"]["Money"] | null;
                    terms: string;
                    title: string;
                }[];
                /** Format: date-time */
                orderedAt: string;
                points: {
                    booked: number;
                    expected: number;
                    granted: number;
                    level: string;
                    multiplierPercent: number;
                } | null;
                says: string;
                totals: {
                    charged: {
                        discount: components["schemas"]["Money"];
                        freight: components["schemas"]["Money"];
                        goods: components["schemas"]["Money"];
                        total: components["schemas"]["Money"];
                    };
                    rules: {
                        discount: components["schemas"]["Money"];
                        freight: components["schemas"]["Money"];
                        goods: components["schemas"]["Money"];
                        total: components["schemas"]["Money"];
                    };
                };
                whatIf: {
                    difference: {
                        amount: number;
                        /** @enum {string} */
                        currency: "CNY" | "HKD" | "USD" | "EUR" | "GBP" | "JPY";
                    };
                    offer: string;
                    since: string | null;
                    state: string;
                    title: string;
                    total: components["schemas"]["Money"];
                    until: string | null;
                } | null;
            };
            resolvedAt: string | null;
            resolvedBy: string | null;
            shop: string;
            /** @enum {string} */
            state: "open" | "corrected" | "dismissed";
            suggested: {
                points: number;
                pointsInstead: number;
                refund: components["schemas"]["Money"];
                refundable: components["schemas"]["Money"] | null;
            };
            /** @enum {string} */
            verdict: "error_confirmed" | "as_agreed" | "cannot_tell";
            version: number;
        };
        ClaimSummary: {
            awaitsApproval: boolean;
            /** @enum {string} */
            clock: "running" | "warned" | "missed" | "done";
            couponCode: string | null;
            customer: {
                /** Format: uuid */
                id: string;
                name: string;
                phone: string;
            };
            difference: {
                amount: number;
                /** @enum {string} */
                currency: "CNY" | "HKD" | "USD" | "EUR" | "GBP" | "JPY";
            };
            /** Format: date-time */
            dueAt: string;
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "coupon_not_applied" | "offer_not_applied" | "points_missing" | "price_wrong" | "gift_missing" | "other";
            no: string;
            offer: string | null;
            /** Format: date-time */
            openedAt: string;
            openedBy: string;
            /** Format: uuid */
            orderId: string;
            orderNo: string;
            points: number | null;
            refunded: components["schemas"]["Money"] | null;
            resolvedAt: string | null;
            shop: string;
            /** @enum {string} */
            state: "open" | "corrected" | "dismissed";
            /** @enum {string} */
            verdict: "error_confirmed" | "as_agreed" | "cannot_tell";
        };
        ComplaintAgreement: {
            amount: components["schemas"]["Money"];
            /** Format: date-time */
            createdAt: string;
            expiresAt: string | null;
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            locale: "zh-CN" | "en";
            may: string[];
            measures: string;
            no: string;
            other: string;
            performBy: string | null;
            sentAt: string | null;
            sha256: string;
            signedAt: string | null;
            signedBy: string | null;
            /** @enum {string} */
            state: "draft" | "sent" | "signed" | "superseded" | "withdrawn";
            text: string;
            version: number;
        };
        Coupon: {
            code: string;
            expiresAt: string | null;
            /** Format: date-time */
            issuedAt: string;
            orderId: string | null;
            personal: boolean;
            /** @enum {string} */
            state: "free" | "used" | "expired";
            usedAt: string | null;
        };
        CreateAdjustment: {
            lines: {
                batch?: string;
                bin?: string;
                /**
                 * @default on_hand
                 * @enum {string}
                 */
                bucket?: "on_hand" | "damaged" | "frozen";
                delta: number;
                sku: string;
            }[];
            reason: string;
            reference?: string;
            warehouse: string;
        };
        CreateOffer: {
            code: string & (unknown & unknown);
            endsAt: string & (unknown & unknown);
            /** @constant */
            kind: "limited_time_discount";
            percentOff?: number;
            price?: number;
            /** @default true */
            publish?: boolean;
            scope?: {
                categories?: string[];
                skus?: string[];
            } | null;
            shops?: string[] | null;
            startsAt: string & (unknown & unknown);
            title: string;
        } | {
            code: string & (unknown & unknown);
            endsAt: string & (unknown & unknown);
            /** @constant */
            kind: "threshold_reduction";
            /** @default true */
            publish?: boolean;
            /** @default false */
            repeat?: boolean;
            scope?: {
                categories?: string[];
                skus?: string[];
            } | null;
            shops?: string[] | null;
            startsAt: string & (unknown & unknown);
            tiers: {
                off: number;
                spend: number;
            }[];
            title: string;
        } | {
            code: string & (unknown & unknown);
            endsAt: string & (unknown & unknown);
            /** @constant */
            kind: "coupon";
            off: number;
            /** @default true */
            publish?: boolean;
            scope?: {
                categories?: string[];
                skus?: string[];
            } | null;
            shops?: string[] | null;
            spend: number;
            startsAt: string & (unknown & unknown);
            title: string;
        } | {
            code: string & (unknown & unknown);
            endsAt: string & (unknown & unknown);
            /** @constant */
            kind: "nth_item";
            nth: number;
            percentOff: number;
            /** @default true */
            publish?: boolean;
            scope?: {
                categories?: string[];
                skus?: string[];
            } | null;
            shops?: string[] | null;
            startsAt: string & (unknown & unknown);
            title: string;
        } | {
            code: string & (unknown & unknown);
            endsAt: string & (unknown & unknown);
            giftSku: string;
            /** @constant */
            kind: "gift";
            /** @default true */
            publish?: boolean;
            quantity: number;
            scope?: {
                categories?: string[];
                skus?: string[];
            } | null;
            shops?: string[] | null;
            spend: number;
            startsAt: string & (unknown & unknown);
            title: string;
        } | {
            code: string & (unknown & unknown);
            endsAt: string & (unknown & unknown);
            /** @constant */
            kind: "flash_sale";
            limitPerCustomer?: number | null;
            price: number;
            /** @default true */
            publish?: boolean;
            quota?: number | null;
            scope?: {
                categories?: string[];
                skus?: string[];
            } | null;
            shops?: string[] | null;
            startsAt: string & (unknown & unknown);
            title: string;
        } | {
            balanceFrom: string & (unknown & unknown);
            balanceTo: string & (unknown & unknown);
            code: string & (unknown & unknown);
            deposit: number;
            endsAt: string & (unknown & unknown);
            expandsTo: number;
            /** @constant */
            kind: "presale";
            /** @default true */
            publish?: boolean;
            quota?: number | null;
            scope?: {
                categories?: string[];
                skus?: string[];
            } | null;
            shops?: string[] | null;
            startsAt: string & (unknown & unknown);
            title: string;
        } | {
            code: string & (unknown & unknown);
            endsAt: string & (unknown & unknown);
            every: number;
            /** @constant */
            kind: "cross_shop_threshold";
            off: number;
            /** @default true */
            publish?: boolean;
            scope?: {
                categories?: string[];
                skus?: string[];
            } | null;
            shops?: string[] | null;
            startsAt: string & (unknown & unknown);
            title: string;
        };
        CreatePayoutBatch: {
            statementIds: string[];
        };
        CreateProduct: {
            attributes?: {
                [key: string]: string;
            };
            category: string;
            code: string;
            /** Format: uuid */
            pictureId?: string;
            skus: components["schemas"]["SkuInput"][];
            title: string;
        };
        CreateReceipt: {
            lines: {
                batch?: string;
                bin?: string;
                /** Format: date */
                expiresOn?: string;
                /** Format: date */
                producedOn?: string;
                quantity: number;
                sku: string;
                unitCost?: number;
            }[];
            reference?: string;
            warehouse: string;
        };
        CreateSettlementParty: {
            /**
             * @default CNY
             * @enum {string}
             */
            currency?: "CNY" | "HKD" | "USD" | "EUR" | "GBP" | "JPY";
            /** Format: date-time */
            effectiveFrom?: string;
            /** @enum {string} */
            kind: "shop" | "supplier" | "station";
            name?: string;
            /** @default  */
            note?: string;
            /** @default false */
            own?: boolean;
            reference: string;
            terms: {
                /**
                 * @default {
                 *       "kind": "completed"
                 *     }
                 */
                basis?: {
                    /** @constant */
                    kind: "completed";
                } | {
                    days: number;
                    /** @constant */
                    kind: "shipped";
                };
                /**
                 * @default us
                 * @enum {string}
                 */
                channelFee?: "us" | "party";
                /**
                 * @default {
                 *       "rateMillionths": 0,
                 *       "fixed": 0,
                 *       "floor": null,
                 *       "cap": null,
                 *       "categories": [],
                 *       "onFreight": false,
                 *       "backOnRefund": true,
                 *       "onOthersMoney": false
                 *     }
                 */
                commission?: {
                    /** @default true */
                    backOnRefund?: boolean;
                    /** @default null */
                    cap?: number | null;
                    /** @default [] */
                    categories?: {
                        path: string;
                        rateMillionths: number;
                    }[];
                    /** @default 0 */
                    fixed?: number;
                    /** @default null */
                    floor?: number | null;
                    /** @default false */
                    onFreight?: boolean;
                    /** @default false */
                    onOthersMoney?: boolean;
                    /** @default 0 */
                    rateMillionths?: number;
                };
                cycle: {
                    days: number;
                    /** @constant */
                    kind: "daily";
                } | {
                    /** @constant */
                    kind: "weekly";
                    weekday: number;
                } | {
                    day: number;
                    /** @constant */
                    kind: "monthly";
                };
                /**
                 * @default {
                 *       "rateMillionths": 0,
                 *       "amount": 0,
                 *       "days": 30
                 *     }
                 */
                hold?: {
                    /** @default 0 */
                    amount?: number;
                    /** @default 30 */
                    days?: number;
                    /** @default 0 */
                    rateMillionths?: number;
                };
                /** @default 0 */
                minimum?: number;
            };
        };
        CreateShop: {
            code: string;
            /**
             * @default CNY
             * @enum {string}
             */
            currency?: "CNY" | "HKD" | "USD" | "EUR" | "GBP" | "JPY";
            name: string;
        };
        CreateStockTake: {
            /** @default false */
            blind?: boolean;
            /** @enum {string} */
            kind: "full" | "cycle";
            /** @default  */
            note?: string;
            /** @default {} */
            scope?: {
                abc?: ("A" | "B" | "C")[];
                bins?: string[];
                skus?: string[];
                zones?: string[];
            };
            warehouse: string;
        };
        CreateTransfer: {
            from: string;
            lines: {
                batch?: string;
                bin?: string;
                quantity: number;
                sku: string;
            }[];
            reference?: string;
            to: string;
        };
        CreateWarehouse: {
            address?: string | {
                [key: string]: string;
            };
            code: string;
            name: string;
            priority?: number;
        };
        Customer: {
            /** Format: date-time */
            createdAt: string;
            /** @enum {string} */
            currency: "CNY" | "HKD" | "USD" | "EUR" | "GBP" | "JPY";
            debt: number;
            email: string;
            externalId: string | null;
            history: {
                actor: string;
                /** Format: date-time */
                at: string;
                from: string;
                reason: string;
                /** @enum {string} */
                source: "computed" | "manual" | "automatic_again";
                to: string;
                until: string | null;
            }[];
            /** Format: uuid */
            id: string;
            level: components["schemas"]["MemberLevel"];
            may: ("compensate" | "spend" | "adjust" | "override")[];
            membership: {
                fallsAt: string | null;
                multiplierPercent: number;
                next: {
                    level: components["schemas"]["MemberLevel"];
                    missingOrders: number | null;
                    missingSpent: number | null;
                } | null;
                since: string | null;
                /** @enum {string} */
                source: "given" | "computed" | "manual";
                until: string | null;
            };
            name: string;
            nextExpiry: {
                /** Format: date-time */
                at: string;
                points: number;
            } | null;
            orders: number;
            phone: string;
            points: number;
            spent: number;
            version: number;
            windowDays: number;
        };
        CustomerPoints: {
            balance: number;
            debt: number;
            entries: {
                actor: string;
                /** Format: date-time */
                at: string;
                balanceAfter: number;
                expiresAt: string | null;
                /** Format: uuid */
                id: string;
                /** @enum {string} */
                kind: "earn" | "take_back" | "spend" | "expire" | "compensate" | "adjust";
                orderId: string | null;
                points: number;
                reason: string;
            }[];
            nextCursor: string | null;
            nextExpiry: {
                /** Format: date-time */
                at: string;
                points: number;
            } | null;
        };
        CustomerSummary: {
            /** Format: date-time */
            createdAt: string;
            externalId: string | null;
            /** Format: uuid */
            id: string;
            level: components["schemas"]["MemberLevel"];
            name: string;
            orders: number;
            phone: string;
            points: number;
            spent: number;
        };
        Cutoff: {
            carrier: string;
            nextAt: string | null;
            time: string;
            version: number;
            warehouse: string;
            weekdays: number[];
        };
        Dashboard: {
            deadlinesAtRisk: {
                /** Format: date-time */
                dueAt: string;
                kind: string;
                /** Format: uuid */
                orderId: string;
                orderNo: string;
                /** @enum {string} */
                state: "warned" | "breached";
            }[];
            series: {
                amount: number;
                /** Format: date-time */
                hour: string;
                orders: number;
            }[];
            today: {
                amount: number;
                cancelled: number;
                currency: string;
                orders: number;
                paid: number;
                shipped: number;
            };
            todo: {
                count: number;
                /** @enum {string} */
                kind: "pending_payment" | "to_review" | "to_ship" | "in_transit" | "shortage";
            }[];
        };
        Delivery: {
            closedAt: string | null;
            /** Format: date-time */
            createdAt: string;
            expectedOn: string | null;
            /** Format: uuid */
            id: string;
            late: boolean;
            lines: {
                ordered: number;
                over: number;
                received: number;
                short: number;
                sku: string;
                title: string;
                unitCost: number | null;
            }[];
            may: string[];
            no: string;
            receipts: {
                /** Format: date-time */
                at: string;
                /** Format: uuid */
                id: string;
                no: string;
            }[];
            reference: string | null;
            /** @enum {string} */
            state: "expected" | "partly" | "received" | "closed" | "cancelled";
            supplier: string;
            version: number;
            warehouse: string;
        };
        Exception: {
            answer: {
                expectedAt?: string;
                /** @enum {string} */
                kind: "substitute" | "wait" | "refund";
                sku?: string;
            } | null;
            answeredAt: string | null;
            answeredBy: ("customer" | "staff") | null;
            compensatedPoints: number | null;
            contacts: {
                actor: string;
                /** Format: date-time */
                at: string;
                n: number;
                note: string;
                result: string;
            }[];
            customer: {
                /** Format: uuid */
                id: string;
                member: components["schemas"]["MemberLevel"] | null;
                name: string;
                phone: string;
            };
            /** Format: date-time */
            dueAt: string;
            expectedAt: string | null;
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "shortage" | "address" | "other";
            may: ("offer" | "answer" | "contact" | "close" | "assign")[];
            missing: number;
            nextContactAt: string | null;
            no: string;
            note: string;
            offer: {
                /** Format: date-time */
                expiresAt: string;
                /** Format: date-time */
                offeredAt: string;
                /** @enum {string} */
                state: "open" | "expired" | "answered";
            } | null;
            /** Format: date-time */
            openedAt: string;
            options: ({
                /** @constant */
                kind: "substitute";
                sku: string;
            } | {
                /** Format: date-time */
                expectedAt: string;
                /** @constant */
                kind: "wait";
            } | {
                /** @constant */
                kind: "refund";
            })[];
            /** Format: uuid */
            orderId: string;
            orderNo: string;
            overdue: boolean;
            owner: {
                id: string;
                name: string;
            } | null;
            promisedAt: string | null;
            resolution: string | null;
            resolvedAt: string | null;
            script: string;
            shop: string;
            sku: string | null;
            /** @enum {string} */
            state: "open" | "offered" | "answered" | "compensated" | "resolved" | "closed";
            substitutes: {
                available: number;
                payable: components["schemas"]["Money"];
                refund: components["schemas"]["Money"];
                sku: string;
                title: string;
            }[];
            title: string | null;
            units: number;
            version: number;
            vip: boolean;
            worth: components["schemas"]["Money"];
        };
        ExceptionSummary: {
            compensatedPoints: number | null;
            customer: {
                /** Format: uuid */
                id: string;
                member: components["schemas"]["MemberLevel"] | null;
                name: string;
                phone: string;
            };
            /** Format: date-time */
            dueAt: string;
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "shortage" | "address" | "other";
            nextContactAt: string | null;
            no: string;
            /** Format: date-time */
            openedAt: string;
            /** Format: uuid */
            orderId: string;
            orderNo: string;
            overdue: boolean;
            owner: {
                id: string;
                name: string;
            } | null;
            promisedAt: string | null;
            resolution: string | null;
            resolvedAt: string | null;
            shop: string;
            sku: string | null;
            /** @enum {string} */
            state: "open" | "offered" | "answered" | "compensated" | "resolved" | "closed";
            title: string | null;
            units: number;
            vip: boolean;
        };
        Export: {
            /** Format: date-time */
            createdAt: string;
            done: number;
            downloadUrl: string | null;
            finishedAt: string | null;
            /** @enum {string} */
            format: "csv" | "xlsx";
            /** Format: uuid */
            id: string;
            kind: string;
            problem: {
                code: string;
                facts: {
                    [key: string]: unknown;
                };
                message: string;
            } | null;
            startedAt: string | null;
            /** @enum {string} */
            status: "queued" | "running" | "done" | "failed" | "cancelled";
            total: number | null;
        };
        FeedbackRequest: {
            agent: {
                /** Format: uuid */
                id: string;
                name: string;
            } | null;
            answeredAt: string | null;
            answers: {
                /** Format: date-time */
                at: string;
                comment: string;
                more: {
                    [key: string]: number;
                };
                score: number;
            }[];
            answerUntil: string | null;
            askedAt: string | null;
            bad: boolean | null;
            category: string;
            comment: string;
            consequence: ("reopened" | "follow_up" | "none") | null;
            /** Format: date-time */
            createdAt: string;
            customerId: string | null;
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "csat" | "nps";
            round: number;
            score: number | null;
            /** Format: date-time */
            sendAt: string;
            /** @enum {string} */
            state: "waiting" | "asked" | "answered" | "expired" | "skipped";
            /** Format: uuid */
            subjectId: string;
            /** @enum {string} */
            subjectKind: "ticket" | "case" | "campaign";
            subjectNo: string;
            whySkipped: string | null;
        };
        FeedbackResults: {
            more: boolean;
            rows: {
                answered: number;
                asked: number;
                bad: number;
                filter: {
                    /** Format: uuid */
                    agentId?: string;
                    category?: string;
                    /** Format: date-time */
                    from?: string;
                    /** Format: uuid */
                    teamId?: string;
                    /** Format: date-time */
                    to?: string;
                };
                good: number;
                indexPermille: number | null;
                key: string;
                label: string;
                meanMillis: number | null;
                ratePermille: number | null;
            }[];
            total: {
                answered: number;
                asked: number;
                bad: number;
                good: number;
                indexPermille: number | null;
                meanMillis: number | null;
                ratePermille: number | null;
            };
        };
        File: {
            height: number | null;
            /** Format: uuid */
            id: string;
            mediaType: string;
            name: string;
            sha256: string;
            size: number;
            width: number | null;
        };
        FinanceSummary: {
            balances: {
                account: string;
                balance: number;
                channel: string | null;
                currency: string;
                kind: string;
                name: string;
                /** @enum {string} */
                side: "debit" | "credit";
            }[] | null;
            channels: {
                balances: number[];
                channel: string;
                moneyIn: number[];
                name: string;
            }[] | null;
            currency: string;
            days: {
                day: string;
                fees: number;
                moneyIn: number;
                refunds: number;
            }[] | null;
            differences: {
                days: number;
                /** @enum {string} */
                kind: "amount" | "status" | "channel_only" | "local_only" | "fee" | "duplicate";
                older: number;
                today: number;
                week: number;
            }[] | null;
            refunds: {
                abnormal: {
                    amount: number;
                    count: number;
                };
                processing: {
                    amount: number;
                    count: number;
                };
            } | null;
            settlements: {
                disputed: {
                    amount: number;
                    count: number;
                };
                draft: {
                    amount: number;
                    count: number;
                };
                failed: {
                    amount: number;
                    count: number;
                };
                overdue: {
                    amount: number;
                    count: number;
                };
                payable: {
                    amount: number;
                    count: number;
                };
                paying: {
                    amount: number;
                    count: number;
                };
                submitted: {
                    amount: number;
                    count: number;
                };
            } | null;
            today: string;
        };
        FollowUp: {
            calls: number;
            closedAt: string | null;
            comment: string;
            /** Format: date-time */
            createdAt: string;
            customerId: string | null;
            customerName: string;
            /** Format: date-time */
            dueAt: string;
            /** Format: uuid */
            id: string;
            late: boolean;
            may: ("miss" | "finish" | "cancel" | "reopen" | "assign")[];
            no: string;
            note: string;
            outcome: ("satisfied" | "unsatisfied" | "not_reached" | "refused") | null;
            owner: {
                /** Format: uuid */
                id: string;
                name: string;
            } | null;
            /** @enum {string} */
            reason: "csat_bad" | "nps_bad" | "manual";
            requestId: string | null;
            score: number | null;
            /** @enum {string} */
            state: "open" | "done" | "cancelled";
            ticketId: string | null;
            version: number;
        };
        FollowUpPage: {
            calls: number;
            closedAt: string | null;
            comment: string;
            /** Format: date-time */
            createdAt: string;
            customerId: string | null;
            customerName: string;
            /** Format: date-time */
            dueAt: string;
            history: {
                /** Format: date-time */
                at: string;
                by: string;
                /** @enum {string} */
                event: "miss" | "finish" | "cancel" | "reopen" | "assign";
                note: string;
            }[];
            /** Format: uuid */
            id: string;
            late: boolean;
            may: ("miss" | "finish" | "cancel" | "reopen" | "assign")[];
            no: string;
            note: string;
            outcome: ("satisfied" | "unsatisfied" | "not_reached" | "refused") | null;
            owner: {
                /** Format: uuid */
                id: string;
                name: string;
            } | null;
            /** @enum {string} */
            reason: "csat_bad" | "nps_bad" | "manual";
            requestId: string | null;
            score: number | null;
            /** @enum {string} */
            state: "open" | "done" | "cancelled";
            ticketId: string | null;
            version: number;
        };
        GiveFeedback: {
            /** @default  */
            comment?: string;
            /** @default {} */
            more?: {
                [key: string]: number;
            };
            score: number;
            token: string;
        };
        Import: {
            counts: {
                [key: string]: number;
            };
            /** Format: date-time */
            createdAt: string;
            done: number;
            dryRun: boolean;
            failed: number;
            finishedAt: string | null;
            /** Format: uuid */
            id: string;
            kind: string;
            may: string[];
            problem: {
                code: string;
                facts: {
                    [key: string]: unknown;
                };
                message: string;
            } | null;
            rejectsUrl: string | null;
            skipped: number;
            startedAt: string | null;
            /** @enum {string} */
            status: "queued" | "running" | "done" | "failed" | "cancelled";
            total: number | null;
        };
        Incident: {
            bin: string | null;
            consequence: ("none" | "recount" | "moved_to_damaged" | "repacked" | "sent_again") | null;
            dueAt: string;
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "short" | "damaged" | "mislabelled" | "wrong_item" | "surplus" | "other";
            may: string[];
            moves: {
                at: string;
                by: string;
                event: string;
                note: string;
                /** @enum {string} */
                state: "open" | "investigating" | "resolved" | "dismissed";
            }[];
            no: string;
            note: string;
            openedAt: string;
            openedBy: string;
            orderId: string | null;
            orderNo: string | null;
            overdue: boolean;
            ownedByMe: boolean;
            owner: string | null;
            parcelNo: string | null;
            photoId: string | null;
            quantity: number | null;
            resolution: string | null;
            resolvedAt: string | null;
            responsible: string | null;
            sku: string | null;
            /** @enum {string} */
            source: "pick" | "pack" | "check" | "hand_over" | "other";
            /** @enum {string} */
            state: "open" | "investigating" | "resolved" | "dismissed";
            version: number;
            warehouse: string;
        };
        IncidentStats: {
            items: {
                dismissed: number;
                /** @enum {string} */
                kind: "short" | "damaged" | "mislabelled" | "wrong_item" | "surplus" | "other";
                medianMs: number | null;
                opened: number;
                overdue: number;
                resolved: number;
                unsettled: number;
            }[];
        };
        IncidentSummary: {
            bin: string | null;
            consequence: ("none" | "recount" | "moved_to_damaged" | "repacked" | "sent_again") | null;
            dueAt: string;
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "short" | "damaged" | "mislabelled" | "wrong_item" | "surplus" | "other";
            may: string[];
            no: string;
            note: string;
            openedAt: string;
            openedBy: string;
            orderId: string | null;
            orderNo: string | null;
            overdue: boolean;
            ownedByMe: boolean;
            owner: string | null;
            parcelNo: string | null;
            photoId: string | null;
            quantity: number | null;
            resolution: string | null;
            resolvedAt: string | null;
            responsible: string | null;
            sku: string | null;
            /** @enum {string} */
            source: "pick" | "pack" | "check" | "hand_over" | "other";
            /** @enum {string} */
            state: "open" | "investigating" | "resolved" | "dismissed";
            version: number;
            warehouse: string;
        };
        IncomingMail: {
            /** Format: uuid */
            accountId: string;
            /** Format: date-time */
            cameAt: string;
            cc: string[];
            doubtful: boolean;
            from: {
                address: string;
                name: string;
            } | null;
            /** Format: uuid */
            id: string;
            isCut: boolean;
            may: ("open_ticket" | "drop")[];
            messageId: string | null;
            quoted: string;
            refused: {
                code: string;
                name: string;
                says: string;
            }[];
            sentAt: string | null;
            settledAt: string | null;
            settledBy: string | null;
            signature: string;
            size: number;
            stranger: boolean;
            subject: string;
            text: string | null;
            ticketId: string | null;
            to: string[];
            /** @enum {string} */
            what: "ticket" | "reply" | "held" | "noted" | "bounce" | "duplicate" | "dropped";
            why: {
                code: string;
                says: string;
            } | null;
        };
        Interception: {
            answeredAt: string | null;
            askedAt: string;
            carrier: string;
            carrierRef: string | null;
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            orderId: string;
            /** Format: uuid */
            parcelId: string;
            reason: string;
            /** Format: uuid */
            shipmentId: string;
            /** @enum {string} */
            state: "requested" | "accepted" | "refused" | "too_late" | "returned" | "delivered_anyway";
            waybillNo: string;
            why: string | null;
        };
        Invoice: {
            amount: components["schemas"]["Money"];
            /** Format: date-time */
            appliedAt: string;
            appliedBy: string;
            attempts: number;
            attention: string | null;
            blue: {
                /** Format: uuid */
                id: string;
                no: string;
                /** @enum {string} */
                status: "waiting_payment" | "pending_review" | "blocked" | "confirming" | "ready" | "issuing" | "issued" | "reversed" | "failed" | "rejected" | "cancelled";
            } | null;
            buyer: {
                account?: string;
                address?: string;
                bank?: string;
                email?: string;
                /** @enum {string} */
                kind: "personal" | "company";
                mail?: {
                    address: string;
                    name: string;
                    phone: string;
                };
                name: string;
                phone?: string;
                taxId?: string;
            };
            buyerUsed: boolean;
            /** @enum {string} */
            clock: "none" | "running" | "warned" | "missed" | "paused" | "done";
            /** @enum {string} */
            color: "blue" | "red";
            confirmation: {
                dueAt: string | null;
                number: string | null;
                /** @enum {string} */
                state: "applied" | "buyer_confirmed" | "rejected" | "expired";
            } | null;
            /** Format: uuid */
            customerId: string;
            dueAt: string | null;
            failure: string | null;
            /** Format: uuid */
            id: string;
            issuedAt: string | null;
            lines: {
                amount: components["schemas"]["Money"];
                code: string;
                lineNo: number;
                policy: string | null;
                quantity: number;
                rateBp: number;
                reversed: components["schemas"]["Money"];
                shortName: string;
                sku: string;
                tax: components["schemas"]["Money"];
                title: string;
                unit: string;
            }[];
            may: string[];
            /** @enum {string} */
            medium: "digital" | "paper";
            missedAt: string | null;
            missing: {
                sku: string;
                title: string;
            }[];
            moves: {
                /** Format: date-time */
                at: string;
                by: string;
                event: string;
                note: string;
                status: string;
            }[];
            no: string;
            note: string;
            number: string | null;
            /** Format: uuid */
            orderId: string;
            orderNo: string;
            paidAt: string | null;
            paper: {
                carrier: string | null;
                mailedAt: string | null;
                printedAt: string | null;
                prints: number;
                receivedAt: string | null;
                waybillNo: string | null;
            } | null;
            paused: boolean;
            provider: string | null;
            qualification: {
                /** Format: uuid */
                id: string;
                /** @enum {string} */
                state: "pending" | "approved" | "rejected" | "revoked";
                validUntil: string | null;
            } | null;
            reason: string | null;
            reds: {
                amount: components["schemas"]["Money"];
                /** Format: uuid */
                id: string;
                no: string;
                number: string | null;
                reason: string | null;
                /** @enum {string} */
                status: "waiting_payment" | "pending_review" | "blocked" | "confirming" | "ready" | "issuing" | "issued" | "reversed" | "failed" | "rejected" | "cancelled";
            }[];
            replaces: {
                /** Format: uuid */
                id: string;
                no: string;
                /** @enum {string} */
                status: "waiting_payment" | "pending_review" | "blocked" | "confirming" | "ready" | "issuing" | "issued" | "reversed" | "failed" | "rejected" | "cancelled";
            } | null;
            reversed: components["schemas"]["Money"];
            serial: string | null;
            shop: string;
            /** @enum {string} */
            status: "waiting_payment" | "pending_review" | "blocked" | "confirming" | "ready" | "issuing" | "issued" | "reversed" | "failed" | "rejected" | "cancelled";
            tax: components["schemas"]["Money"] | null;
            title: {
                /** @enum {string} */
                kind: "personal" | "company";
                name: string;
                taxId?: string;
            };
            /** @enum {string} */
            type: "general" | "special";
        };
        InvoiceCounts: {
            attention: number;
            blocked: number;
            confirming: number;
            dueSoon: number;
            failed: number;
            overdue: number;
            pendingReview: number;
            qualifications: number;
            toMail: number;
            toPrint: number;
        };
        InvoicePreview: {
            amount: components["schemas"]["Money"] | null;
            may: string[];
            missing: {
                sku: string;
                title: string;
            }[];
        };
        InvoiceQualification: {
            /** Format: uuid */
            customerId: string;
            decidedAt: string | null;
            decidedBy: string | null;
            decisionNote: string | null;
            expired: boolean;
            files: {
                /** Format: uuid */
                id: string;
                mediaType: string;
                name: string;
            }[];
            /** Format: uuid */
            id: string;
            may: string[];
            note: string;
            /** @enum {string} */
            state: "pending" | "approved" | "rejected" | "revoked";
            /** Format: date-time */
            submittedAt: string;
            submittedBy: string;
            title: {
                account?: string;
                address?: string;
                bank?: string;
                /** @enum {string} */
                kind: "personal" | "company";
                name: string;
                phone?: string;
                taxId?: string;
            };
            validUntil: string | null;
            waiting: {
                /** Format: uuid */
                id: string;
                no: string;
                orderNo: string;
                /** @enum {string} */
                status: "waiting_payment" | "pending_review" | "blocked" | "confirming" | "ready" | "issuing" | "issued" | "reversed" | "failed" | "rejected" | "cancelled";
            }[];
        };
        InvoiceSummary: {
            amount: components["schemas"]["Money"];
            /** Format: date-time */
            appliedAt: string;
            attention: string | null;
            /** @enum {string} */
            clock: "none" | "running" | "warned" | "missed" | "paused" | "done";
            /** @enum {string} */
            color: "blue" | "red";
            dueAt: string | null;
            failure: string | null;
            /** Format: uuid */
            id: string;
            issuedAt: string | null;
            may: string[];
            /** @enum {string} */
            medium: "digital" | "paper";
            no: string;
            number: string | null;
            /** Format: uuid */
            orderId: string;
            orderNo: string;
            paused: boolean;
            reversed: components["schemas"]["Money"];
            shop: string;
            /** @enum {string} */
            status: "waiting_payment" | "pending_review" | "blocked" | "confirming" | "ready" | "issuing" | "issued" | "reversed" | "failed" | "rejected" | "cancelled";
            tax: components["schemas"]["Money"] | null;
            title: {
                /** @enum {string} */
                kind: "personal" | "company";
                name: string;
                taxId?: string;
            };
            /** @enum {string} */
            type: "general" | "special";
        };
        InvoiceTitleInput: {
            account?: string;
            address?: string;
            bank?: string;
            /** @enum {string} */
            kind: "personal" | "company";
            name: string;
            phone?: string;
            taxId?: string;
        };
        IssuedCoupons: {
            codes: string[];
        };
        Kit: {
            components: {
                quantity: number;
                sku: string;
                title: string;
            }[];
            sku: string;
            title: string;
        };
        LaidOut: {
            bins: number;
            layout: components["schemas"]["WarehouseLayout"];
        };
        LedgerAccount: {
            balance: number;
            /** @enum {string} */
            class: "asset" | "liability" | "income" | "expense";
            code: string;
            credit: number;
            currency: string;
            debit: number;
            name: string;
            number: string;
            openedAt: string;
            /** @enum {string} */
            side: "debit" | "credit";
        };
        LedgerEntry: {
            about: string | null;
            aboutNo: string | null;
            actor: string;
            at: string;
            bookedAt: string;
            /** Format: date */
            day: string;
            /** Format: uuid */
            id: string;
            kind: string;
            lines: {
                account: string;
                credit: number;
                currency: string;
                debit: number;
                name: string;
                number: string;
                shopId: string | null;
            }[];
            paymentId: string | null;
            reversedBy: string | null;
            reverses: string | null;
            /** Format: uuid */
            subject: string;
            subjectNo: string | null;
        };
        LedgerPosting: {
            about: string | null;
            aboutNo: string | null;
            at: string;
            balance: number;
            credit: number;
            currency: string;
            debit: number;
            /** Format: uuid */
            entryId: string;
            id: string;
            kind: string;
            shopId: string | null;
            /** Format: uuid */
            subject: string;
            subjectNo: string | null;
        };
        Limit: {
            name: string;
            organisation: number;
            permission: string;
            /** @enum {string} */
            unit: "money" | "units";
        };
        LoadedBill: {
            billDate: string;
            /** @enum {string} */
            billType: "ALL" | "SUCCESS" | "REFUND" | "FUND" | "TRADE" | "SIGNCUSTOMER";
            carried: number;
            channel: string;
            covers: string[];
            differenceCount: number;
            differences: {
                actual?: number | string;
                expected?: number | string;
                /** Format: uuid */
                id: string;
                /** @enum {string} */
                kind: "amount" | "status" | "channel_only" | "local_only" | "fee" | "duplicate";
                reference: string;
                /** @enum {string} */
                subject: "payment" | "refund";
            }[];
            dryRun: boolean;
            feeAmount: number;
            /** Format: uuid */
            id: string;
            loadedAt: string;
            loadedBy: string;
            matched: number;
            may: string[];
            merchant: string;
            more: number;
            open: number;
            paidAmount: number;
            payments: number;
            refundedAmount: number;
            refunds: number;
            rows: number;
            /** @enum {string} */
            source: "upload" | "fetch";
        };
        MailAccount: {
            acknowledge: boolean;
            address: string;
            category: string;
            /** Format: date-time */
            createdAt: string;
            enabled: boolean;
            failures: number;
            fetchedAt: string | null;
            /** Format: uuid */
            id: string;
            imap: {
                /** @default INBOX */
                folder: string;
                hasPassword: boolean;
                host: string;
                /** @default null */
                moveTo: string | null;
                /** @default 993 */
                port: number;
                /**
                 * @default tls
                 * @enum {string}
                 */
                security: "tls" | "starttls" | "none";
                user: string;
            };
            isDefault: boolean;
            locale: ("zh-CN" | "en") | null;
            name: string;
            nextAt: string | null;
            plus: boolean;
            problem: {
                code: string;
                says: string;
            } | null;
            senderName: string;
            smtp: {
                hasPassword: boolean;
                host: string;
                /** @default 465 */
                port: number;
                /**
                 * @default tls
                 * @enum {string}
                 */
                security: "tls" | "starttls" | "none";
                /** @default null */
                user: string | null;
            } | null;
            /** @enum {string} */
            state: "off" | "waiting" | "working" | "fine" | "failing";
            teamId: string | null;
            triedAt: string | null;
            version: number;
        };
        MailTestResult: {
            imap: {
                messages: number | null;
                ok: boolean;
                problem: {
                    code: string;
                    says: string;
                } | null;
            };
            smtp: {
                ok: boolean;
                problem: {
                    code: string;
                    says: string;
                } | null;
            } | null;
        };
        Manifest: {
            carrier: string;
            closedAt: string | null;
            createdAt: string;
            cutoffAt: string | null;
            driver: string | null;
            handedAt: string | null;
            handedBy: string | null;
            /** Format: uuid */
            id: string;
            may: string[];
            no: string;
            parcels: number;
            scanned: number;
            signature: string | null;
            /** @enum {string} */
            state: "open" | "closed" | "handed_over";
            unweighed: number;
            version: number;
            warehouse: string;
            weightG: number;
        };
        ManifestParcel: {
            /** Format: uuid */
            id: string;
            orderNo: string;
            parcelNo: string;
            scannedOutAt: string | null;
            status: string;
            waybillNo: string;
            weightG: number | null;
        };
        Me: {
            key: {
                id: string;
                name: string;
            } | null;
            /** @enum {string} */
            locale: "zh-CN" | "en";
            mustEnrolTwoFactor: boolean;
            org: {
                code: string;
                currency: string;
                /** Format: uuid */
                id: string;
                name: string;
                timeZone: string;
            };
            permissions: string[];
            roles: string[];
            shops: string[] | null;
            user: {
                email: string;
                id: string;
                name: string;
                twoFactorEnabled: boolean;
            } | null;
            warehouses: string[] | null;
        };
        MemberLevel: {
            code: string;
            color: string;
            name: {
                en: string;
                "zh-CN": string;
            };
            vip: boolean;
        };
        Membership: {
            /** @enum {string} */
            currency: "CNY" | "HKD" | "USD" | "EUR" | "GBP" | "JPY";
            levels: components["schemas"]["MemberLevel"][];
            pointValue: number;
        };
        MergeCandidates: {
            items: {
                /** Format: uuid */
                id: string;
                mergeable: boolean;
                orderNo: string;
                status: string;
                total: components["schemas"]["Money"];
                units: number;
            }[];
        };
        MergeOrdersResult: {
            after: {
                freight: components["schemas"]["Money"];
                total: components["schemas"]["Money"];
            };
            allowed: boolean;
            before: {
                freight: components["schemas"]["Money"];
                total: components["schemas"]["Money"];
            };
            freightSaved: components["schemas"]["Money"];
            id: string | null;
            order: components["schemas"]["Order"] | null;
            orderNo: string | null;
            problems: {
                code: string;
                message: string;
                orderNo: string;
                path: string;
            }[];
        };
        Money: {
            amount: number;
            /** @enum {string} */
            currency: "CNY" | "HKD" | "USD" | "EUR" | "GBP" | "JPY";
        };
        MyClaim: {
            answer: string | null;
            /** Format: date-time */
            dueAt: string;
            /** @enum {string} */
            kind: "coupon_not_applied" | "offer_not_applied" | "points_missing" | "price_wrong" | "gift_missing" | "other";
            no: string;
            /** Format: date-time */
            openedAt: string;
            points: number | null;
            refunded: components["schemas"]["Money"] | null;
            resolvedAt: string | null;
            /** @enum {string} */
            state: "open" | "corrected" | "dismissed";
        };
        NewFollowUp: {
            /** Format: uuid */
            customerId?: string;
            note: string;
            /** Format: uuid */
            ownerId?: string;
            /** Format: uuid */
            ticketId?: string;
        };
        NewNpsCampaign: {
            name: string;
            /** Format: date-time */
            ordersFrom: string;
            /** Format: date-time */
            ordersTo: string;
            sample: number;
            shop?: string;
        };
        NewTicket: {
            /** Format: uuid */
            assigneeId?: string;
            body: string;
            category: string;
            cc?: string[];
            /** @enum {string} */
            channel?: "api" | "console" | "phone" | "mail" | "portal" | "chat";
            /** Format: uuid */
            customerId?: string;
            evidence?: string[];
            orderId?: string;
            /** @enum {string} */
            priority?: "low" | "normal" | "high" | "urgent";
            /** @enum {string} */
            severity?: "normal" | "major";
            subject: string;
            tags?: string[];
            /** Format: uuid */
            teamId?: string;
        };
        NewWebhook: {
            events: string[];
            /** Format: uri */
            url: string;
        };
        Nothing: Record<string, never>;
        Notification: {
            body: string;
            /** Format: date-time */
            createdAt: string;
            data: {
                [key: string]: unknown;
            };
            /** Format: uuid */
            id: string;
            readAt: string | null;
            template: string;
            title: string;
        };
        NpsCampaign: {
            /** Format: date-time */
            createdAt: string;
            endedAt: string | null;
            figures: {
                answered: number;
                asked: number;
                bad: number;
                good: number;
                indexPermille: number | null;
                meanMillis: number | null;
                ratePermille: number | null;
            };
            found: number | null;
            /** Format: uuid */
            id: string;
            may: ("start" | "cancel")[];
            name: string;
            /** Format: date-time */
            ordersFrom: string;
            /** Format: date-time */
            ordersTo: string;
            sample: number;
            shop: string | null;
            startedAt: string | null;
            /** @enum {string} */
            state: "draft" | "running" | "done" | "cancelled";
            version: number;
        };
        Offer: {
            exception: components["schemas"]["Exception"];
            link: string;
            sent: boolean;
        };
        OfferCounts: {
            counts: {
                [key: string]: number;
            };
        };
        OfferDraft: {
            code: string & (unknown & unknown);
            endsAt: string & (unknown & unknown);
            /** @constant */
            kind: "limited_time_discount";
            percentOff?: number;
            price?: number;
            scope?: {
                categories?: string[];
                skus?: string[];
            } | null;
            shops?: string[] | null;
            startsAt: string & (unknown & unknown);
            title: string;
        } | {
            code: string & (unknown & unknown);
            endsAt: string & (unknown & unknown);
            /** @constant */
            kind: "threshold_reduction";
            /** @default false */
            repeat?: boolean;
            scope?: {
                categories?: string[];
                skus?: string[];
            } | null;
            shops?: string[] | null;
            startsAt: string & (unknown & unknown);
            tiers: {
                off: number;
                spend: number;
            }[];
            title: string;
        } | {
            code: string & (unknown & unknown);
            endsAt: string & (unknown & unknown);
            /** @constant */
            kind: "coupon";
            off: number;
            scope?: {
                categories?: string[];
                skus?: string[];
            } | null;
            shops?: string[] | null;
            spend: number;
            startsAt: string & (unknown & unknown);
            title: string;
        } | {
            code: string & (unknown & unknown);
            endsAt: string & (unknown & unknown);
            /** @constant */
            kind: "nth_item";
            nth: number;
            percentOff: number;
            scope?: {
                categories?: string[];
                skus?: string[];
            } | null;
            shops?: string[] | null;
            startsAt: string & (unknown & unknown);
            title: string;
        } | {
            code: string & (unknown & unknown);
            endsAt: string & (unknown & unknown);
            giftSku: string;
            /** @constant */
            kind: "gift";
            quantity: number;
            scope?: {
                categories?: string[];
                skus?: string[];
            } | null;
            shops?: string[] | null;
            spend: number;
            startsAt: string & (unknown & unknown);
            title: string;
        } | {
            code: string & (unknown & unknown);
            endsAt: string & (unknown & unknown);
            /** @constant */
            kind: "flash_sale";
            limitPerCustomer?: number | null;
            price: number;
            quota?: number | null;
            scope?: {
                categories?: string[];
                skus?: string[];
            } | null;
            shops?: string[] | null;
            startsAt: string & (unknown & unknown);
            title: string;
        } | {
            balanceFrom: string & (unknown & unknown);
            balanceTo: string & (unknown & unknown);
            code: string & (unknown & unknown);
            deposit: number;
            endsAt: string & (unknown & unknown);
            expandsTo: number;
            /** @constant */
            kind: "presale";
            quota?: number | null;
            scope?: {
                categories?: string[];
                skus?: string[];
            } | null;
            shops?: string[] | null;
            startsAt: string & (unknown & unknown);
            title: string;
        } | {
            code: string & (unknown & unknown);
            endsAt: string & (unknown & unknown);
            every: number;
            /** @constant */
            kind: "cross_shop_threshold";
            off: number;
            scope?: {
                categories?: string[];
                skus?: string[];
            } | null;
            shops?: string[] | null;
            startsAt: string & (unknown & unknown);
            title: string;
        };
        OfferHistory: {
            moves: {
                /** Format: date-time */
                at: string;
                by: string;
                state: string;
                version: number;
            }[];
            versions: {
                balanceFrom?: string & (unknown & unknown);
                balanceTo?: string & (unknown & unknown);
                deposit?: number;
                /** Format: date-time */
                endsAt: string;
                every?: number;
                expandsTo?: number;
                giftSku?: string;
                limitPerCustomer?: number | null;
                /** Format: date-time */
                madeAt: string;
                madeBy: string;
                nth?: number;
                off?: number;
                percentOff?: number | null;
                price?: number | null;
                quantity?: number;
                quota?: number | null;
                repeat?: boolean;
                scope: {
                    categories?: string[];
                    skus?: string[];
                } | null;
                shops: string[] | null;
                spend?: number;
                /** Format: date-time */
                startsAt: string;
                tiers?: {
                    off: number;
                    spend: number;
                }[];
                title: string;
                version: number;
            }[];
        };
        OfferPreview: {
            problems: {
                code: string;
                message: string;
                path: string;
            }[];
            warnings: {
                code: string;
                message: string;
                offers: string[];
                skus: string[];
            }[];
            with: components["schemas"]["Quote"] | null;
            without: components["schemas"]["Quote"] | null;
        };
        OfferUsage: {
            coupons: {
                issued: number;
                used: number;
            } | null;
            given: number;
            orders: number;
            quota: {
                quota: number | null;
                used: number;
            } | null;
            units: number;
        };
        OfferView: {
            balanceFrom?: string & (unknown & unknown);
            balanceTo?: string & (unknown & unknown);
            code: string;
            /** Format: date-time */
            createdAt: string;
            deposit?: number;
            /** Format: date-time */
            endsAt: string;
            every?: number;
            expandsTo?: number;
            giftSku?: string;
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "limited_time_discount" | "threshold_reduction" | "coupon" | "nth_item" | "gift" | "flash_sale" | "presale" | "cross_shop_threshold";
            limitPerCustomer?: number | null;
            live: boolean;
            may: ("change" | "publish" | "pause" | "resume" | "end" | "issue_coupons")[];
            nth?: number;
            off?: number;
            percentOff?: number | null;
            price?: number | null;
            quantity?: number;
            quota?: number | null;
            repeat?: boolean;
            scope: {
                categories?: string[];
                skus?: string[];
            } | null;
            shops: string[] | null;
            spend?: number;
            /** Format: date-time */
            startsAt: string;
            /** @enum {string} */
            state: "draft" | "published" | "paused" | "ended";
            tiers?: {
                off: number;
                spend: number;
            }[];
            title: string;
            version: number;
        };
        Order: {
            archived: boolean;
            begun: boolean;
            cancelledAt: string | null;
            channel: string;
            completedAt: string | null;
            confirmBefore: string | null;
            confirmedAt: string | null;
            /** Format: date-time */
            createdAt: string;
            customer: {
                externalId: string | null;
                /** Format: uuid */
                id: string;
                level: string;
                member?: components["schemas"]["MemberLevel"] | null;
                name: string;
                phone: string;
            };
            deliveredAt: string | null;
            derived: ("split" | "merged") | null;
            discount: components["schemas"]["Money"];
            due: components["schemas"]["Money"];
            expected: {
                carrier: string | null;
                /** @enum {string} */
                risk: "low" | "medium" | "high";
                /** Format: date-time */
                shipsAt: string;
            } | null;
            externalNo: string | null;
            freight: components["schemas"]["Money"];
            /** @enum {string} */
            fulfilment: "none" | "partial" | "shipped" | "delivered" | "returned";
            funds: {
                amount: components["schemas"]["Money"];
                /** Format: uuid */
                id: string;
                orderNo: string;
                refunded: components["schemas"]["Money"];
            }[];
            goods: components["schemas"]["Money"];
            historical: boolean;
            holds: string[];
            /** Format: uuid */
            id: string;
            interceptions: components["schemas"]["Interception"][];
            lines: components["schemas"]["OrderLine"][];
            madeOf: {
                /** Format: uuid */
                id: string;
                orderNo: string;
            }[];
            may: string[];
            orderNo: string;
            overpaid: components["schemas"]["Money"];
            paid: components["schemas"]["Money"];
            paidAt: string | null;
            payBefore: string | null;
            /** @enum {string} */
            payment: "prepaid" | "online" | "cod";
            pendingChange: {
                /** Format: uuid */
                approvalId: string;
                /** Format: date-time */
                expiresAt: string;
                /** Format: date-time */
                requestedAt: string;
            } | null;
            /** Format: date-time */
            placedAt: string;
            presale: components["schemas"]["Presale"] | null;
            promisedShipAt: string | null;
            receiptDueAt: string | null;
            receiptExtendedDays: number;
            refunded: components["schemas"]["Money"];
            remark: string | null;
            revision: number;
            shippedAt: string | null;
            shipTo: {
                address: string;
                city: string;
                country: string | null;
                district: string;
                name: string;
                phone: string;
                province: string;
            };
            shop: string;
            /** @enum {string} */
            status: "pending_payment" | "paid" | "shipped" | "delivered" | "completed" | "cancelled" | "closed";
            superseded: ("split" | "merged" | "undone") | null;
            supersededBy: {
                /** Format: uuid */
                id: string;
                orderNo: string;
            }[];
            total: components["schemas"]["Money"];
            version: number;
        };
        OrderAllocation: {
            at: string | null;
            region: string;
            warehouses: {
                chosen: boolean;
                code: string;
                cost: components["schemas"]["Money"] | null;
                days: number | null;
                hadAll: boolean | null;
                name: string;
                rank: number | null;
                /** Format: uuid */
                warehouseId: string;
                /** @enum {string} */
                why: "first" | "first_with_all" | "together" | "lacks" | "not_needed" | "not_among_fewest" | "out_of_region";
                words: string;
            }[];
        };
        OrderCounts: {
            counts: {
                [key: string]: number;
            };
            max: number;
        };
        OrderExplanation: {
            agrees: boolean;
            applied: {
                amount: components["schemas"]["Money"];
                coupon: string | null;
                gifts: {
                    quantity: number;
                    sku: string;
                    title: string;
                }[];
                offer: string;
                terms: string;
                title: string;
            }[];
            /** Format: date-time */
            at: string;
            discount: components["schemas"]["Money"];
            freight: components["schemas"]["Money"];
            goods: components["schemas"]["Money"];
            /** @enum {string} */
            locale: "zh-CN" | "en";
            order: {
                /** Format: uuid */
                id: string;
                orderNo: string;
            };
            rejected: {
                code: string;
                coupon: string | null;
                offer: string;
                reason: string;
                terms: string;
                title: string;
            }[];
            text: {
                en: string;
                "zh-CN": string;
            };
            total: components["schemas"]["Money"];
        };
        OrderLine: {
            amount: components["schemas"]["Money"];
            cancelled: number;
            delivered: number;
            discount: components["schemas"]["Money"];
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "goods" | "gift";
            lineNo: number;
            payable: components["schemas"]["Money"];
            quantity: number;
            reserved: number;
            returned: number;
            shipped: number;
            sku: string;
            title: string;
            unitPrice: components["schemas"]["Money"];
        };
        OrderPriority: {
            points: number;
            terms: {
                most: number;
                points: number;
                share: number;
                /** @enum {string} */
                term: "level" | "amount" | "promise" | "perishable" | "sla" | "overdue";
                words: string;
            }[];
        };
        OrderSummary: {
            archived: boolean;
            channel: string;
            /** Format: date-time */
            createdAt: string;
            customer: {
                /** Format: uuid */
                id: string;
                member?: components["schemas"]["MemberLevel"] | null;
                name: string;
                phone: string;
            };
            derived: ("split" | "merged") | null;
            externalNo: string | null;
            holds: string[];
            /** Format: uuid */
            id: string;
            lineCount: number;
            orderNo: string;
            paid: components["schemas"]["Money"];
            paidAt: string | null;
            /** @enum {string} */
            payment: "prepaid" | "online" | "cod";
            /** Format: date-time */
            placedAt: string;
            presale?: ("deposit_due" | "deposit_paid" | "balance_due" | "complete" | "forfeited" | "cancelled") | null;
            promisedShipAt: string | null;
            refunded: components["schemas"]["Money"];
            region: string;
            shop: string;
            /** @enum {string} */
            status: "pending_payment" | "paid" | "shipped" | "delivered" | "completed" | "cancelled" | "closed";
            superseded: ("split" | "merged" | "undone") | null;
            supersededBy: {
                /** Format: uuid */
                id: string;
                orderNo: string;
            }[];
            total: components["schemas"]["Money"];
            unitCount: number;
            version: number;
        };
        OrderVersions: {
            items: {
                actor: {
                    id: string;
                    kind: string;
                    name: string;
                };
                /** Format: date-time */
                at: string;
                diff: {
                    from: string | number | null;
                    path: string;
                    to: string | number | null;
                }[];
                reason: string;
                refunded: components["schemas"]["Money"];
                revision: number;
                total: {
                    after: components["schemas"]["Money"];
                    before: components["schemas"]["Money"];
                };
            }[];
        };
        OutgoingMail: {
            attempts: number;
            bouncedAt: string | null;
            cc: string[];
            /** Format: date-time */
            createdAt: string;
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "reply" | "acknowledgement";
            may: "retry"[];
            messageId: string | null;
            problem: {
                code: string;
                says: string;
            } | null;
            sentAt: string | null;
            /** @enum {string} */
            state: "queued" | "sent" | "failed" | "bounced";
            to: string;
            version: number;
        };
        Parcel: {
            carrier: string | null;
            carton: {
                code: string;
                name: string;
            } | null;
            checkPending: boolean;
            createdAt: string;
            deliveredAt: string | null;
            expectedWeightG: number | null;
            /** Format: uuid */
            id: string;
            lines: components["schemas"]["ScanLine"][];
            manifest: {
                /** Format: uuid */
                id: string;
                no: string;
            } | null;
            marks: ("fragile" | "chilled" | "frozen")[];
            may: string[];
            /** Format: uuid */
            orderId: string;
            orderNo: string;
            parcelNo: string;
            pickId: string | null;
            returnedAt: string | null;
            scannedOutAt: string | null;
            shipmentId: string | null;
            shippedAt: string | null;
            /** @enum {string} */
            status: "created" | "verified" | "shipped" | "exception" | "delivered" | "returned" | "cancelled";
            suggestion: components["schemas"]["CartonPlan"] | null;
            track: {
                at: string;
                node: string;
                place: string | null;
                text: string;
            }[];
            verifiedAt: string | null;
            version: number;
            warehouse: string;
            waybillNo: string | null;
            weightG: number | null;
        };
        Payment: {
            accepted: boolean | null;
            amount: number;
            channel: string;
            channelRef: string | null;
            createdAt: string;
            currency: string;
            expiresAt: string;
            failure: string | null;
            /** Format: uuid */
            id: string;
            may: string[];
            method: ("native" | "jsapi" | "h5" | "page" | "wap" | "qr") | null;
            orderNo: string;
            paymentNo: string;
            payParams?: {
                [key: string]: string;
            };
            payUrl?: string;
            received: {
                amount: number;
                currency: string;
            } | null;
            refundedAmount: number;
            refundingAmount: number;
            settledAt: string | null;
            /** @enum {string} */
            status: "pending" | "succeeded" | "failed" | "closed";
            /** Format: uuid */
            subjectId: string;
            version: number;
        };
        PaymentChannel: {
            certificates: {
                /** @enum {string} */
                of: "merchant" | "next_merchant" | "channel";
                serial: string;
                until: string;
            }[];
            channel: string;
            config: {
                [key: string]: unknown;
            };
            enabled: boolean;
            fee: {
                capFen: number | null;
                fixedFen: number;
                floorFen: number;
                rateMillionths: number;
            } | null;
            /** Format: uuid */
            id: string;
            limits: {
                dayFen: number | null;
                maxFen: number | null;
                minFen: number | null;
            };
            may: string[];
            missing: string[];
            name: string;
            notifyUrl: string;
            secrets: {
                name: string;
                needed: boolean;
                setAt: string | null;
            }[];
            shops: string[] | null;
            updatedAt: string;
            version: number;
        };
        PaymentChannelTest: {
            findings: {
                code: string;
                message: string;
                ok: boolean;
            }[];
            ok: boolean;
        };
        PaymentOptions: {
            items: {
                channel: string;
                methods: ("native" | "jsapi" | "h5" | "page" | "wap" | "qr")[];
                name: string;
            }[];
        };
        PaymentRecord: {
            at: string;
            payload: {
                [key: string]: unknown;
            };
            settles: boolean;
            /** @enum {string} */
            source: "callback" | "query";
            verdict: string;
        };
        PaymentStory: {
            differences: components["schemas"]["ReconciliationDifferenceSummary"][];
            items: {
                at: string;
                by: string | null;
                data: {
                    [key: string]: unknown;
                };
                paymentId: string | null;
                ref: string | null;
                refundId: string | null;
                /** @enum {string} */
                source: "event" | "request" | "callback" | "answer" | "entry" | "bill" | "difference" | "bank";
                text: string;
                what: string;
            }[];
            number: string;
            payments: components["schemas"]["Payment"][];
            refunds: components["schemas"]["Refund"][];
        };
        Payout: {
            account: string;
            amount: number;
            /** Format: uuid */
            batchId: string;
            currency: string;
            /** Format: uuid */
            id: string;
            may: string[];
            no: string;
            party: string;
            /** Format: uuid */
            partyId: string;
            reason: string | null;
            reference: string | null;
            settledAt: string | null;
            /** @enum {string} */
            state: "paying" | "paid" | "failed";
            /** Format: uuid */
            statementId: string;
            statementNo: string;
            version: number;
        };
        PayoutBatch: {
            amount: number;
            createdAt: string;
            createdBy: string;
            currency: string;
            failed: number;
            /** Format: uuid */
            id: string;
            lines: components["schemas"]["Payout"][];
            may: string[];
            no: string;
            paid: number;
            paying: number;
            payouts: number;
        };
        PayoutBatchList: {
            items: components["schemas"]["PayoutBatchSummary"][];
            nextCursor: string | null;
        };
        PayoutBatchSummary: {
            amount: number;
            createdAt: string;
            createdBy: string;
            currency: string;
            failed: number;
            /** Format: uuid */
            id: string;
            may: string[];
            no: string;
            paid: number;
            paying: number;
            payouts: number;
        };
        Pick: {
            createdAt: string;
            /** Format: uuid */
            id: string;
            lines: components["schemas"]["PickLine"][];
            may: string[];
            /** Format: uuid */
            orderId: string;
            orderNo: string;
            pickedAt: string | null;
            place: number;
            round: number;
            /** @enum {string} */
            status: "picking" | "picked" | "shipped" | "cancelled";
            version: number;
            warehouse: string;
            /** Format: uuid */
            waveId: string;
        };
        PickLine: {
            barcode: string | null;
            /** Format: uuid */
            lineId: string;
            missing: number;
            places: components["schemas"]["PickPlace"][];
            quantity: number;
            scanned: number;
            sku: string;
            title: string;
        };
        PickPlace: {
            batch: string | null;
            bin: string;
            /** Format: uuid */
            binId: string;
            expiresOn: string | null;
            quantity: number;
            reason: string;
            staged: boolean;
            why: string;
            zone: string | null;
        };
        PickRoute: {
            compared: {
                largestGapMm: number;
                sShapeMm: number;
            } | null;
            layout: {
                aislesMm: number[];
                crossAislesMm: number[];
                depot: {
                    aisle: number;
                    /** @enum {string} */
                    end: "front" | "back";
                };
            } | null;
            lengthMm: number;
            line: {
                xMm: number;
                yMm: number;
            }[];
            /** @enum {string} */
            method: "exact" | "improved" | "by_code";
            round: number | null;
            rounds: number;
            stops: {
                aisle: number | null;
                bin: string;
                /** Format: uuid */
                binId: string;
                takes: {
                    barcode: string | null;
                    batch: string | null;
                    expiresOn: string | null;
                    /** Format: uuid */
                    lineId: string;
                    orderNo: string;
                    /** Format: uuid */
                    pickId: string;
                    place: number;
                    quantity: number;
                    round: number;
                    sku: string;
                    title: string;
                }[];
                xMm: number | null;
                yMm: number | null;
                zone: string | null;
            }[];
            warehouse: string;
            /** Format: uuid */
            waveId: string;
        };
        PlacedOrder: {
            applied: string[];
            channel: string;
            /** Format: date-time */
            createdAt: string;
            deposit: components["schemas"]["Money"] | null;
            discount: components["schemas"]["Money"];
            externalNo: string | null;
            freight: components["schemas"]["Money"];
            goods: components["schemas"]["Money"];
            holds: string[];
            /** Format: uuid */
            id: string;
            lines: {
                amount: components["schemas"]["Money"];
                discount: components["schemas"]["Money"];
                discounts: {
                    amount: number;
                    /** @enum {string} */
                    currency: "CNY" | "HKD" | "USD" | "EUR" | "GBP" | "JPY";
                    offer: string;
                }[];
                /** Format: uuid */
                id: string;
                /** @enum {string} */
                kind: "goods" | "gift";
                lineNo: number;
                payable: components["schemas"]["Money"];
                quantity: number;
                sku: string;
                title: string;
                unitPrice: components["schemas"]["Money"];
            }[];
            orderNo: string;
            payBefore: string | null;
            /** @enum {string} */
            payment: "prepaid" | "online" | "cod";
            /** Format: date-time */
            placedAt: string;
            /** Format: date-time */
            promisedShipAt: string;
            shop: string;
            /** @enum {string} */
            status: "pending_payment" | "paid" | "shipped" | "delivered" | "completed" | "cancelled" | "closed";
            total: components["schemas"]["Money"];
        };
        PlaceOrder: {
            channel: string;
            couponCodes?: string[];
            /** @default {} */
            customer?: {
                email?: string;
                externalId?: string;
                level?: string;
                name?: string;
                phone?: string;
            };
            device?: string;
            externalNo?: string;
            lines: {
                quantity: number;
                sku: string;
                unitPrice?: number;
            }[];
            /**
             * @default online
             * @enum {string}
             */
            payment?: "prepaid" | "online" | "cod";
            placedAt?: string & (unknown & unknown);
            remark?: string;
            shipTo: components["schemas"]["ShipTo"];
            shop: string;
            total?: components["schemas"]["Money"];
        };
        PointsGranted: {
            approvalId: string | null;
            balance: number | null;
            /** @enum {string} */
            state: "done" | "awaiting_approval";
        };
        PortalFeedback: {
            answerUntil: string | null;
            comment: string;
            /** @enum {string} */
            kind: "csat" | "nps";
            /** @enum {string} */
            locale: "zh-CN" | "en";
            max: number;
            min: number;
            more: {
                [key: string]: number;
            };
            organisation: string;
            questions: {
                code: string;
                text: string;
            }[];
            score: number | null;
            /** @enum {string} */
            state: "open" | "answered" | "over";
            /** @enum {string} */
            subjectKind: "ticket" | "case" | "campaign";
            subjectNo: string;
        };
        PortalOffer: {
            answer: {
                expectedAt?: string;
                /** @enum {string} */
                kind: "substitute" | "wait" | "refund";
                sku?: string;
            } | null;
            compensatedPoints: number | null;
            /** Format: date-time */
            expiresAt: string;
            missing: number;
            options: {
                available: boolean;
                expectedAt: string | null;
                /** @enum {string} */
                kind: "substitute" | "wait" | "refund";
                payable: components["schemas"]["Money"] | null;
                refund: components["schemas"]["Money"] | null;
                sku: string | null;
                title: string | null;
            }[];
            orderNo: string;
            shop: string;
            sku: string;
            /** @enum {string} */
            state: "open" | "answered" | "expired" | "settled";
            title: string;
        };
        PortalParcel: {
            carrier: string | null;
            deliveredAt: string | null;
            /** Format: uuid */
            id: string;
            lines: {
                quantity: number;
                sku: string;
                title: string;
            }[];
            returnedAt: string | null;
            shippedAt: string | null;
            /** @enum {string} */
            status: "created" | "verified" | "shipped" | "exception" | "delivered" | "returned" | "cancelled";
            track: {
                at: string;
                node: string;
                place: string | null;
                text: string;
            }[];
            waybillNo: string | null;
        };
        Presale: {
            atStake: components["schemas"]["Money"];
            balance: components["schemas"]["Money"];
            /** Format: date-time */
            balanceFrom: string;
            /** Format: date-time */
            balanceTo: string;
            deposit: components["schemas"]["Money"];
            depositPaid: boolean;
            depositPaidAt: string | null;
            forfeited: components["schemas"]["Money"];
            forfeits: boolean;
            /** @enum {string} */
            state: "deposit_due" | "deposit_paid" | "balance_due" | "complete" | "forfeited" | "cancelled";
        };
        PresaleOverview: {
            /** Format: date-time */
            balanceFrom: string;
            /** Format: date-time */
            balanceTo: string;
            code: string;
            deposit: number;
            /** Format: date-time */
            endsAt: string;
            expandsTo: number;
            /** Format: uuid */
            offerId: string;
            quota: number | null;
            stages: {
                balances: components["schemas"]["Money"];
                deposits: components["schemas"]["Money"];
                forfeited: components["schemas"]["Money"];
                open: components["schemas"]["Money"];
                orders: number;
                /** @enum {string} */
                state: "deposit_due" | "deposit_paid" | "balance_due" | "complete" | "forfeited" | "cancelled";
                units: number;
            }[];
            /** Format: date-time */
            startsAt: string;
            /** @enum {string} */
            state: "published" | "paused" | "ended" | "draft";
            title: string;
            used: number;
        };
        PreviewOffer: {
            cart?: {
                at?: string & (unknown & unknown);
                lines: {
                    quantity: number;
                    sku: string;
                }[];
                shop: string;
            };
            offer: components["schemas"]["OfferDraft"];
            /** Format: uuid */
            offerId?: string;
        };
        PreviewSettlementTerms: {
            /** Format: date */
            from: string;
            /** Format: uuid */
            partyId: string;
            terms: {
                /**
                 * @default {
                 *       "kind": "completed"
                 *     }
                 */
                basis?: {
                    /** @constant */
                    kind: "completed";
                } | {
                    days: number;
                    /** @constant */
                    kind: "shipped";
                };
                /**
                 * @default us
                 * @enum {string}
                 */
                channelFee?: "us" | "party";
                /**
                 * @default {
                 *       "rateMillionths": 0,
                 *       "fixed": 0,
                 *       "floor": null,
                 *       "cap": null,
                 *       "categories": [],
                 *       "onFreight": false,
                 *       "backOnRefund": true,
                 *       "onOthersMoney": false
                 *     }
                 */
                commission?: {
                    /** @default true */
                    backOnRefund?: boolean;
                    /** @default null */
                    cap?: number | null;
                    /** @default [] */
                    categories?: {
                        path: string;
                        rateMillionths: number;
                    }[];
                    /** @default 0 */
                    fixed?: number;
                    /** @default null */
                    floor?: number | null;
                    /** @default false */
                    onFreight?: boolean;
                    /** @default false */
                    onOthersMoney?: boolean;
                    /** @default 0 */
                    rateMillionths?: number;
                };
                cycle: {
                    days: number;
                    /** @constant */
                    kind: "daily";
                } | {
                    /** @constant */
                    kind: "weekly";
                    weekday: number;
                } | {
                    day: number;
                    /** @constant */
                    kind: "monthly";
                };
                /**
                 * @default {
                 *       "rateMillionths": 0,
                 *       "amount": 0,
                 *       "days": 30
                 *     }
                 */
                hold?: {
                    /** @default 0 */
                    amount?: number;
                    /** @default 30 */
                    days?: number;
                    /** @default 0 */
                    rateMillionths?: number;
                };
                /** @default 0 */
                minimum?: number;
            };
            /** Format: date */
            to: string;
        };
        Price: {
            amount: number;
            /** @enum {string} */
            currency: "CNY" | "HKD" | "USD" | "EUR" | "GBP" | "JPY";
        };
        PriceHistory: {
            /** @enum {string} */
            currency: "CNY" | "HKD" | "USD" | "EUR" | "GBP" | "JPY";
            items: {
                /** Format: date-time */
                from: string;
                price: components["schemas"]["Money"];
                to: string | null;
            }[];
            sku: string;
        };
        /** @description RFC 9457 problem. `code` is stable; every problem of the request is in `errors`. */
        Problem: {
            code: string;
            detail: string;
            errors?: {
                code: string;
                message: string;
                path: string;
            }[];
            status: number;
            title: string;
            type: string;
        };
        Product: {
            attributes: {
                [key: string]: string;
            };
            category: string;
            code: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: uuid */
            id: string;
            pictureId: string | null;
            skus: components["schemas"]["Sku"][];
            /** @enum {string} */
            status: "on_sale" | "off_sale";
            title: string;
            version: number;
        };
        ProgressReports: {
            items: {
                body: string | null;
                by: string | null;
                /** Format: date-time */
                dueAt: string;
                /** Format: uuid */
                id: string;
                reportedAt: string | null;
                /** @enum {string} */
                state: "due" | "done" | "missed" | "cancelled";
            }[];
            may: string[];
        };
        ProposeSettlementAccount: {
            account: string;
            bank: string;
            /** @default  */
            branch?: string;
            /** Format: uuid */
            partyId: string;
            payee: string;
        };
        PutAway: {
            barcode: string | null;
            batch: string | null;
            bin: string;
            expiresOn: string | null;
            quantity: number;
            sku: string;
            /** @enum {string} */
            state: "good" | "damaged" | "frozen";
            /** @enum {string} */
            storage: "ambient" | "chilled" | "frozen";
            title: string;
            to: string | null;
            why: ("same_goods" | "nearest_empty") | null;
        };
        Quote: {
            applied: string[];
            /** @enum {string} */
            currency: "CNY" | "HKD" | "USD" | "EUR" | "GBP" | "JPY";
            discount: components["schemas"]["Money"];
            freight: components["schemas"]["Money"];
            gifts: {
                offer: string;
                quantity: number;
                sku: string;
                title: string;
            }[];
            goods: components["schemas"]["Money"];
            lines: {
                discounts: {
                    amount: number;
                    /** @enum {string} */
                    currency: "CNY" | "HKD" | "USD" | "EUR" | "GBP" | "JPY";
                    offer: string;
                    title: string;
                }[];
                payable: components["schemas"]["Money"];
                quantity: number;
                sku: string;
                title: string;
                unitPrice: components["schemas"]["Money"];
            }[];
            presale: {
                balance: components["schemas"]["Money"];
                /** Format: date-time */
                balanceFrom: string;
                /** Format: date-time */
                balanceTo: string;
                deposit: components["schemas"]["Money"];
            } | null;
            problems: {
                code: string;
                message: string;
                path: string;
            }[];
            rejected: {
                code: string;
                coupon?: string;
                offer: string;
                reason: string;
                title: string;
            }[];
            total: components["schemas"]["Money"];
        };
        QuoteInput: {
            at?: string & (unknown & unknown);
            couponCodes?: string[];
            customer?: {
                externalId?: string;
                phone?: string;
            } & {
                [key: string]: unknown;
            };
            lines: {
                quantity: number;
                sku: string;
            }[];
            shop: string;
        };
        Reconciliation: {
            billDate: string;
            /** @enum {string} */
            billType: "ALL" | "SUCCESS" | "REFUND" | "FUND" | "TRADE" | "SIGNCUSTOMER";
            carried: number;
            channel: string;
            covers: string[];
            differenceCount: number;
            feeAmount: number;
            /** Format: uuid */
            id: string;
            loadedAt: string;
            loadedBy: string;
            matched: number;
            may: string[];
            merchant: string;
            open: number;
            paidAmount: number;
            payments: number;
            refundedAmount: number;
            refunds: number;
            rows: number;
            /** @enum {string} */
            source: "upload" | "fetch";
        };
        ReconciliationDifference: {
            action: ("add_booking" | "reverse" | "refund" | "keep_pending" | "write_off") | null;
            actions: ("add_booking" | "reverse" | "refund" | "keep_pending" | "write_off")[];
            actual?: number | string;
            billDate: string;
            channel: string;
            closedAt: string | null;
            confirmedBy: string | null;
            createdAt: string;
            currency: string;
            dueOn: string | null;
            evidence: {
                line: number | null;
                /** Format: uuid */
                reconciliationId: string;
            } | null;
            expected?: number | string;
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "amount" | "status" | "channel_only" | "local_only" | "fee" | "duplicate";
            line: number | null;
            madeRefundId: string | null;
            may: string[];
            moves: {
                at: string;
                by: string;
                event: string;
                fileIds: string[];
                note: string;
                /** @enum {string} */
                state: "carried" | "open" | "proposed" | "parked" | "closed";
            }[];
            occurredAt: string;
            ownedByMe: boolean;
            owner: string | null;
            paymentId: string | null;
            proposedBy: string | null;
            reason: string | null;
            /** Format: uuid */
            reconciliationId: string;
            reference: string;
            refundId: string | null;
            /** @enum {string} */
            state: "carried" | "open" | "proposed" | "parked" | "closed";
            /** @enum {string} */
            subject: "payment" | "refund";
            suggestions: {
                amount: number;
                at: string;
                currency: string;
                /** Format: uuid */
                paymentId: string;
                paymentNo: string;
                status: string;
            }[];
            txn: string;
            version: number;
        };
        ReconciliationDifferenceSummary: {
            action: ("add_booking" | "reverse" | "refund" | "keep_pending" | "write_off") | null;
            actions: ("add_booking" | "reverse" | "refund" | "keep_pending" | "write_off")[];
            actual?: number | string;
            billDate: string;
            channel: string;
            closedAt: string | null;
            confirmedBy: string | null;
            createdAt: string;
            currency: string;
            dueOn: string | null;
            evidence: {
                line: number | null;
                /** Format: uuid */
                reconciliationId: string;
            } | null;
            expected?: number | string;
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "amount" | "status" | "channel_only" | "local_only" | "fee" | "duplicate";
            line: number | null;
            madeRefundId: string | null;
            may: string[];
            occurredAt: string;
            ownedByMe: boolean;
            owner: string | null;
            paymentId: string | null;
            proposedBy: string | null;
            reason: string | null;
            /** Format: uuid */
            reconciliationId: string;
            reference: string;
            refundId: string | null;
            /** @enum {string} */
            state: "carried" | "open" | "proposed" | "parked" | "closed";
            /** @enum {string} */
            subject: "payment" | "refund";
            txn: string;
            version: number;
        };
        ReconciliationReport: {
            channels: string[];
            days: {
                bills: number;
                carried: number;
                channel: string;
                date: string;
                differences: number;
                feeAmount: number;
                matched: number;
                open: number;
                paidAmount: number;
                refundedAmount: number;
                rows: number;
            }[];
            from: string;
            to: string;
        };
        Refund: {
            amount: number;
            attempts: number;
            createdAt: string;
            currency: string;
            failure: string | null;
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "manual" | "auto_late" | "auto_duplicate" | "auto_wrong_amount" | "cancel" | "repriced" | "reversal";
            may: string[];
            onBehalfOf: string | null;
            paidByHand: boolean;
            /** Format: uuid */
            paymentId: string;
            reason: string;
            refundNo: string;
            settledAt: string | null;
            /** @enum {string} */
            status: "awaiting_approval" | "requested" | "processing" | "succeeded" | "failed" | "abnormal";
            version: number;
        };
        RefundWork: {
            amount: number;
            attempts: number;
            channel: string;
            createdAt: string;
            currency: string;
            failure: string | null;
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "manual" | "auto_late" | "auto_duplicate" | "auto_wrong_amount" | "cancel" | "repriced" | "reversal";
            may: string[];
            onBehalfOf: string | null;
            /** Format: uuid */
            orderId: string;
            orderNo: string;
            owner: {
                id: string;
                name: string;
            } | null;
            paidByHand: boolean;
            /** Format: uuid */
            paymentId: string;
            paymentNo: string;
            payout: {
                bankReference: string;
                confirmedBy: {
                    id: string;
                    name: string;
                } | null;
                decidedAt: string | null;
                fileIds: string[];
                note: string;
                payee: string;
                proposedAt: string;
                proposedBy: {
                    id: string;
                    name: string;
                };
                /** @enum {string} */
                state: "proposed" | "confirmed" | "rejected";
            } | null;
            reason: string;
            refundNo: string;
            requestedBy: {
                id: string;
                name: string;
            };
            settledAt: string | null;
            /** @enum {string} */
            status: "awaiting_approval" | "requested" | "processing" | "succeeded" | "failed" | "abnormal";
            version: number;
        };
        Replenishment: {
            /** Format: date-time */
            askedAt: string;
            available: number;
            expectedAt: string | null;
            note: string;
            orders: number;
            sku: string;
            title: string;
            units: number;
        };
        ReplenishmentRule: {
            coverDaysMax: number | null;
            /** Format: uuid */
            id: string;
            leadDays: number | null;
            maxUnits: number | null;
            minUnits: number | null;
            orderMin: number | null;
            packSize: number | null;
            reviewDays: number | null;
            servicePercent: number | null;
            sku: string;
            supplier: string | null;
            title: string;
            /** Format: date-time */
            updatedAt: string;
            version: number;
            warehouse: string | null;
        };
        ReplenishmentSuggestion: {
            abc: ("A" | "B" | "C") | null;
            coverDays: number | null;
            inTransit: number;
            key: string;
            onHand: number;
            perDay: number;
            reorderPoint: number;
            reserved: number;
            safety: number;
            sku: string;
            suggested: number;
            supplier: string | null;
            title: string;
            waiting: number;
            wape: number | null;
            wapeNaive: number | null;
            warehouse: string;
            why: string;
        };
        Review: {
            approval: {
                /** Format: uuid */
                id: string;
                /** Format: date-time */
                requestedAt: string;
                requestedBy: string;
            } | null;
            claim: {
                by: string;
                mine: boolean;
                name: string;
                /** Format: date-time */
                until: string;
            } | null;
            identity: {
                /** Format: date-time */
                at: string;
                by: string;
                method: string;
                note: string;
            }[];
            limit: components["schemas"]["Money"];
            order: components["schemas"]["Order"];
            others: {
                /** @enum {string} */
                by: "customer" | "phone" | "address" | "device";
                items: components["schemas"]["OrderSummary"][];
                more: boolean;
            }[];
            tags: string[];
            why: {
                at: string | null;
                hold: string;
                rule: string | null;
                words: string;
            }[];
        };
        ReviewClaim: {
            /** Format: date-time */
            until: string;
        };
        ReviewCounts: {
            max: number;
            open: number;
            overdue: number;
            waiting: number;
        };
        ReviewItem: {
            approval: {
                /** Format: uuid */
                id: string;
                /** Format: date-time */
                requestedAt: string;
                requestedBy: string;
            } | null;
            archived: boolean;
            channel: string;
            claim: {
                by: string;
                mine: boolean;
                name: string;
                /** Format: date-time */
                until: string;
            } | null;
            confirmBefore: string | null;
            /** Format: date-time */
            createdAt: string;
            customer: {
                /** Format: uuid */
                id: string;
                member?: components["schemas"]["MemberLevel"] | null;
                name: string;
                phone: string;
            };
            derived: ("split" | "merged") | null;
            externalNo: string | null;
            holds: string[];
            /** Format: uuid */
            id: string;
            lineCount: number;
            orderNo: string;
            paid: components["schemas"]["Money"];
            paidAt: string | null;
            /** @enum {string} */
            payment: "prepaid" | "online" | "cod";
            /** Format: date-time */
            placedAt: string;
            presale?: ("deposit_due" | "deposit_paid" | "balance_due" | "complete" | "forfeited" | "cancelled") | null;
            promisedShipAt: string | null;
            refunded: components["schemas"]["Money"];
            region: string;
            shop: string;
            /** @enum {string} */
            status: "pending_payment" | "paid" | "shipped" | "delivered" | "completed" | "cancelled" | "closed";
            superseded: ("split" | "merged" | "undone") | null;
            supersededBy: {
                /** Format: uuid */
                id: string;
                orderNo: string;
            }[];
            tags: string[];
            total: components["schemas"]["Money"];
            unitCount: number;
            version: number;
            why: {
                at: string | null;
                hold: string;
                rule: string | null;
                words: string;
            }[];
        };
        ReviewRule: {
            action: {
                /** @constant */
                do: "hold";
                hold: string;
            } | {
                /** @constant */
                do: "require_id";
            } | {
                /** @constant */
                do: "refuse";
                message: string;
            } | {
                /** @constant */
                do: "tag";
                tag: string;
            };
            code: string;
            conditions: {
                field: string;
                operator: string;
                value: number | boolean | string[] | {
                    amount: number;
                    /** @enum {string} */
                    currency: "CNY" | "HKD" | "USD" | "EUR" | "GBP" | "JPY";
                };
            }[];
            /** Format: uuid */
            id: string;
            priority: number;
            /** @enum {string} */
            state: "draft" | "on" | "off";
            title: string;
            updatedAt: string | null;
            updatedBy: string | null;
            version: number;
            window: {
                /** @enum {string} */
                by: "phone" | "address" | "device" | "customer";
                count: number;
                minutes: number;
            } | null;
            words: {
                what: string;
                when: string[];
            };
        };
        ReviewRuleInput: {
            action: {
                /** @constant */
                do: "hold";
                hold: string;
            } | {
                /** @constant */
                do: "require_id";
            } | {
                /** @constant */
                do: "refuse";
                message: string;
            } | {
                /** @constant */
                do: "tag";
                tag: string;
            };
            code: string;
            /** @default [] */
            conditions?: {
                field: string;
                operator: string;
                value: number | boolean | string[] | {
                    amount: number;
                    /** @enum {string} */
                    currency: "CNY" | "HKD" | "USD" | "EUR" | "GBP" | "JPY";
                };
            }[];
            title: string;
            /** @default null */
            window?: {
                /** @enum {string} */
                by: "phone" | "address" | "device" | "customer";
                count: number;
                minutes: number;
            } | null;
        };
        ReviewTrial: {
            amount: components["schemas"]["Money"][];
            examples: {
                /** Format: uuid */
                orderId: string;
                orderNo: string;
                /** Format: date-time */
                placedAt: string;
                /** @enum {string} */
                status: "pending_payment" | "paid" | "shipped" | "delivered" | "completed" | "cancelled" | "closed";
                total: components["schemas"]["Money"];
                why: string[];
            }[];
            from: string | null;
            heldAlready: number;
            hits: number;
            to: string | null;
            tookMs: number;
            tried: number;
            unknowable: string[];
        };
        Role: {
            builtIn: boolean;
            code: string;
            limits: {
                [key: string]: number;
            };
            name: {
                en: string;
                "zh-CN": string;
            };
            permissions: string[];
            version: number;
        };
        SaveMailAccount: {
            /** @default true */
            acknowledge?: boolean;
            address: string;
            /** @default inquiry */
            category?: string;
            /** @default true */
            enabled?: boolean;
            imap: {
                /** @default INBOX */
                folder?: string;
                host: string;
                /** @default null */
                moveTo?: string | null;
                password?: string;
                /** @default 993 */
                port?: number;
                /**
                 * @default tls
                 * @enum {string}
                 */
                security?: "tls" | "starttls" | "none";
                user: string;
            };
            /** @default false */
            isDefault?: boolean;
            /** @default null */
            locale?: ("zh-CN" | "en") | null;
            name: string;
            /** @default false */
            plus?: boolean;
            /** @default  */
            senderName?: string;
            /** @default null */
            smtp?: {
                host: string;
                password?: string;
                /** @default 465 */
                port?: number;
                /**
                 * @default tls
                 * @enum {string}
                 */
                security?: "tls" | "starttls" | "none";
                /** @default null */
                user?: string | null;
            } | null;
            /** @default null */
            teamId?: string | null;
        };
        ScanLine: {
            barcode: string | null;
            /** Format: uuid */
            lineId: string;
            quantity: number;
            scanned: number;
            sku: string;
            title: string;
        };
        Session: {
            agent: string | null;
            /** Format: date-time */
            createdAt: string;
            current: boolean;
            /** Format: uuid */
            id: string;
            ip: string | null;
            /** Format: date-time */
            lastSeenAt: string;
        };
        SetAllotment: {
            channel: string;
            quantity: number;
            sku: string;
            warehouse: string;
        };
        SetReplenishmentRule: {
            /** @default null */
            coverDaysMax?: number | null;
            /** @default null */
            leadDays?: number | null;
            /** @default null */
            maxUnits?: number | null;
            /** @default null */
            minUnits?: number | null;
            /** @default null */
            orderMin?: number | null;
            /** @default null */
            packSize?: number | null;
            /** @default null */
            reviewDays?: number | null;
            /** @default null */
            servicePercent?: number | null;
            sku: string;
            /** @default null */
            supplier?: string | null;
            /** @default null */
            warehouse?: string | null;
        };
        SetStockLevels: {
            items: {
                safety: number;
                sku: string;
                warehouse: string;
            }[];
        };
        Settings: {
            schema: {
                [key: string]: unknown;
            };
            section: string;
            values: {
                [key: string]: unknown;
            };
            version: number;
        };
        SettlementAgreement: {
            createdAt: string;
            createdBy: string;
            effectiveFrom: string;
            /** Format: uuid */
            id: string;
            inForce: boolean;
            no: number;
            note: string;
            terms: components["schemas"]["SettlementTerms"];
        };
        SettlementApprovalAsked: {
            /** Format: uuid */
            approvalId: string;
        };
        SettlementCycle: {
            days: number;
            /** @constant */
            kind: "daily";
        } | {
            /** @constant */
            kind: "weekly";
            weekday: number;
        } | {
            day: number;
            /** @constant */
            kind: "monthly";
        };
        SettlementItem: {
            about: string | null;
            agreement: number | null;
            amount: number;
            at: string;
            currency: string;
            day: string;
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "sale" | "refund" | "commission" | "fee" | "compensation" | "adjustment" | "hold" | "release" | "carry_in" | "carry_out";
            note: string;
            party: string;
            /** Format: uuid */
            partyId: string;
            statementId: string | null;
            /** Format: uuid */
            subject: string;
            subjectNo: string;
        };
        SettlementItemList: {
            items: components["schemas"]["SettlementItem"][];
            nextCursor: string | null;
        };
        SettlementParty: {
            account: string | null;
            accounts: {
                approvalId: string | null;
                decidedBy: string | null;
                /** Format: uuid */
                id: string;
                masked: string;
                may: string[];
                proposedAt: string;
                proposedBy: string;
                state: string;
            }[];
            agreements: components["schemas"]["SettlementAgreement"][];
            balance: number;
            currency: string;
            cycle: components["schemas"]["SettlementCycle"] | null;
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "shop" | "supplier" | "station";
            may: string[];
            name: string;
            open: {
                amount: number;
                items: number;
            };
            own: boolean;
            reference: string;
            settledThrough: string;
            version: number;
        };
        SettlementPartyList: {
            items: components["schemas"]["SettlementPartySummary"][];
            nextCursor: string | null;
        };
        SettlementPartySummary: {
            account: string | null;
            balance: number;
            currency: string;
            cycle: components["schemas"]["SettlementCycle"] | null;
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "shop" | "supplier" | "station";
            may: string[];
            name: string;
            open: {
                amount: number;
                items: number;
            };
            own: boolean;
            reference: string;
            settledThrough: string;
            version: number;
        };
        SettlementStatement: {
            account: string | null;
            adjustments: number;
            agreement: number;
            approvalId: string | null;
            approvedBy: string | null;
            byKind: {
                amount: number;
                items: number;
                /** @enum {string} */
                kind: "sale" | "refund" | "commission" | "fee" | "compensation" | "adjustment" | "hold" | "release" | "carry_in" | "carry_out";
            }[];
            carriedIn: number;
            carriedOut: number;
            commission: number;
            compensation: number;
            createdAt: string;
            currency: string;
            dispute: string | null;
            dueOn: string;
            fees: number;
            from: string;
            hash: string | null;
            held: number;
            /** Format: uuid */
            id: string;
            items: number;
            /** @enum {string} */
            kind: "shop" | "supplier" | "station";
            may: string[];
            moves: {
                at: string;
                by: string;
                event: string;
                note: string;
                state: string;
            }[];
            no: string;
            own: boolean;
            party: string;
            /** Format: uuid */
            partyId: string;
            payable: number;
            payouts: {
                amount: number;
                /** Format: uuid */
                batchId: string;
                /** Format: uuid */
                id: string;
                no: string;
                reason: string | null;
                reference: string | null;
                state: string;
            }[];
            refunds: number;
            released: number;
            sales: number;
            /** @enum {string} */
            state: "draft" | "submitted" | "approved" | "rejected" | "paying" | "paid" | "failed" | "closed";
            submittedBy: string | null;
            to: string;
            version: number;
        };
        SettlementStatementCounts: {
            items: {
                count: number;
                currency: string;
                payable: number;
                /** @enum {string} */
                state: "draft" | "submitted" | "approved" | "rejected" | "paying" | "paid" | "failed" | "closed";
            }[];
        };
        SettlementStatementList: {
            items: components["schemas"]["SettlementStatementSummary"][];
            nextCursor: string | null;
        };
        SettlementStatementSummary: {
            adjustments: number;
            carriedIn: number;
            carriedOut: number;
            commission: number;
            compensation: number;
            createdAt: string;
            currency: string;
            dispute: string | null;
            dueOn: string;
            fees: number;
            from: string;
            held: number;
            /** Format: uuid */
            id: string;
            items: number;
            /** @enum {string} */
            kind: "shop" | "supplier" | "station";
            may: string[];
            no: string;
            own: boolean;
            party: string;
            /** Format: uuid */
            partyId: string;
            payable: number;
            refunds: number;
            released: number;
            sales: number;
            /** @enum {string} */
            state: "draft" | "submitted" | "approved" | "rejected" | "paying" | "paid" | "failed" | "closed";
            to: string;
            version: number;
        };
        SettlementTerms: {
            basis: {
                /** @constant */
                kind: "completed";
            } | {
                days: number;
                /** @constant */
                kind: "shipped";
            };
            /** @enum {string} */
            channelFee: "us" | "party";
            commission: {
                backOnRefund: boolean;
                cap: number | null;
                categories: {
                    path: string;
                    rateMillionths: number;
                }[];
                fixed: number;
                floor: number | null;
                onFreight: boolean;
                onOthersMoney: boolean;
                rateMillionths: number;
            };
            cycle: components["schemas"]["SettlementCycle"];
            hold: {
                amount: number;
                days: number;
                rateMillionths: number;
            };
            minimum: number;
        };
        SettlementTermsPreview: {
            commission: number;
            currency: string;
            exact: boolean;
            orders: number;
            sales: number;
            wouldBe: number;
        };
        Shipment: {
            carrier: string;
            createdAt: string;
            deliveredAt: string | null;
            /** Format: uuid */
            id: string;
            lastNodeAt: string | null;
            nodes: components["schemas"]["TrackNode"][];
            /** Format: uuid */
            orderId: string;
            /** Format: uuid */
            parcelId: string;
            /** @enum {string} */
            status: "created" | "collected" | "in_transit" | "out_for_delivery" | "delivered" | "exception" | "returning" | "returned";
            version: number;
            waybillNo: string;
        };
        ShipmentSummary: {
            carrier: string;
            createdAt: string;
            deliveredAt: string | null;
            /** Format: uuid */
            id: string;
            lastNodeAt: string | null;
            /** Format: uuid */
            orderId: string;
            /** Format: uuid */
            parcelId: string;
            /** @enum {string} */
            status: "created" | "collected" | "in_transit" | "out_for_delivery" | "delivered" | "exception" | "returning" | "returned";
            version: number;
            waybillNo: string;
        };
        ShipTo: {
            address: string;
            /** @default  */
            city?: string;
            country?: string;
            /** @default  */
            district?: string;
            name: string;
            phone: string;
            /** @default  */
            province?: string;
        };
        Shop: {
            code: string;
            /** Format: date-time */
            createdAt: string;
            /** @enum {string} */
            currency: "CNY" | "HKD" | "USD" | "EUR" | "GBP" | "JPY";
            /** Format: uuid */
            id: string;
            name: string;
            version: number;
        };
        ShortPick: {
            elsewhere: number;
            pick: components["schemas"]["Pick"];
            reallocated: number;
            short: number;
        };
        Sku: {
            availableFrom: string | null;
            backorder: boolean;
            barcode: string | null;
            fragile: boolean;
            heightMm: number;
            /** Format: uuid */
            id: string;
            lengthMm: number;
            price: components["schemas"]["Money"];
            /** @enum {string} */
            reserveOn: "order" | "payment";
            sku: string;
            /** @enum {string} */
            status: "on_sale" | "off_sale";
            /** @enum {string} */
            storage: "ambient" | "chilled" | "frozen";
            title: string;
            weightG: number;
            widthMm: number;
        };
        SkuDemand: {
            /** Format: date */
            from: string;
            units: number[];
        };
        SkuHit: {
            available: number;
            barcode: string | null;
            pictureUrl: string | null;
            price: components["schemas"]["Money"];
            /** Format: uuid */
            productId: string;
            sku: string;
            /** @enum {string} */
            status: "on_sale" | "off_sale";
            title: string;
        };
        SkuInput: {
            availableFrom?: string | null;
            backorder?: boolean;
            barcode?: string;
            fragile?: boolean;
            heightMm?: number;
            lengthMm?: number;
            price: components["schemas"]["Price"];
            /** @enum {string} */
            reserveOn?: "order" | "payment";
            sku: string;
            /** @enum {string} */
            storage?: "ambient" | "chilled" | "frozen";
            title?: string;
            weightG?: number;
            widthMm?: number;
        };
        SkuStock: {
            may: ("set_rule" | "set_levels")[];
            pictureUrl: string | null;
            price: components["schemas"]["Money"];
            /** Format: uuid */
            productId: string;
            rules: components["schemas"]["ReplenishmentRule"][];
            sku: string;
            /** @enum {string} */
            status: "on_sale" | "off_sale";
            title: string;
            warehouses: {
                abc: ("A" | "B" | "C") | null;
                available: number;
                damaged: number;
                frozen: number;
                inTransit: number;
                onHand: number;
                plan: components["schemas"]["StockPlan"] | null;
                reserved: number;
                safety: number;
                warehouse: string;
            }[];
        };
        SlottingSwap: {
            often: {
                bin: string;
                perDay: number;
                sku: string;
                title: string;
            };
            savedMetresPerDay: number;
            seldom: {
                bin: string;
                perDay: number;
                sku: string;
                title: string;
            };
            zone: string | null;
        };
        SnapshotView: {
            /** Format: date-time */
            at: string;
            couponCodes: string[];
            discount: components["schemas"]["Money"];
            freight: components["schemas"]["Money"];
            goods: components["schemas"]["Money"];
            level: string | null;
            lines: {
                agreed: boolean;
                category: string;
                discounts: {
                    amount: number;
                    /** @enum {string} */
                    currency: "CNY" | "HKD" | "USD" | "EUR" | "GBP" | "JPY";
                    offer: string;
                    title: string;
                }[];
                /** Format: uuid */
                id: string;
                /** @enum {string} */
                kind: "goods" | "gift";
                listPrice: components["schemas"]["Money"];
                payable: components["schemas"]["Money"];
                quantity: number;
                sku: string;
                skuVersion: number;
                title: string;
                unitPrice: components["schemas"]["Money"];
            }[];
            offers: {
                amount: components["schemas"]["Money"];
                coupon: string | null;
                offer: string;
                period: string;
                terms: string;
                title: string;
                version: number;
            }[];
            order: {
                /** Format: uuid */
                id: string;
                orderNo: string;
            };
            policies: {
                [key: string]: unknown;
            };
            presale: {
                /** Format: date-time */
                balanceFrom: string;
                /** Format: date-time */
                balanceTo: string;
                deposit: components["schemas"]["Money"];
                offer: string;
            } | null;
            /** Format: date-time */
            promisedShipAt: string;
            revisions: {
                offers: number;
                rules: number;
            };
            shop: string;
            total: components["schemas"]["Money"];
        };
        SplitAddress: {
            address: string;
            city: string;
            confidence: {
                address: number;
                city: number;
                district: number;
                name: number;
                phone: number;
                province: number;
            };
            district: string;
            extension: string;
            name: string;
            parts: {
                /** @enum {string} */
                kind: "name" | "phone" | "province" | "city" | "district" | "address" | "extension" | "label" | "gap" | "rest";
                text: string;
            }[];
            phone: string;
            province: string;
            rest: string;
        };
        SplitOrderResult: {
            orders: components["schemas"]["Order"][];
            parent: components["schemas"]["Order"];
            parts: {
                discount: components["schemas"]["Money"];
                freight: components["schemas"]["Money"];
                goods: components["schemas"]["Money"];
                lines: {
                    /** Format: uuid */
                    lineId: string;
                    quantity: number;
                    short: number;
                    sku: string;
                    title: string;
                    warehouses: {
                        quantity: number;
                        warehouse: string;
                    }[];
                }[];
                paid: components["schemas"]["Money"];
                total: components["schemas"]["Money"];
            }[];
            preview: boolean;
        };
        SpotCheck: {
            checkedAt: string | null;
            checkedBy: string | null;
            contents: {
                quantity: number;
                sku: string;
                title: string;
            }[];
            createdAt: string;
            finding: ("wrong" | "missing" | "damaged" | "mislabelled") | null;
            /** Format: uuid */
            id: string;
            lines: {
                quantity: number;
                sku: string;
            }[];
            may: string[];
            note: string;
            /** Format: uuid */
            orderId: string;
            packer: string;
            /** Format: uuid */
            parcelId: string;
            parcelNo: string;
            photoId: string | null;
            reasons: ("share" | "nth" | "new_packer" | "fragile" | "value" | "failed_before")[];
            /** @enum {string} */
            state: "pending" | "ok" | "failed" | "dropped";
            version: number;
            warehouse: string;
        };
        SpotCheckStats: {
            items: {
                checked: number;
                day: string;
                failed: number;
                packer: string;
                packerId: string;
            }[];
        };
        Stock: {
            abc: ("A" | "B" | "C") | null;
            available: number;
            damaged: number;
            frozen: number;
            inTransit: number;
            onHand: number;
            reserved: number;
            safety: number;
            sku: string;
            title: string;
            warehouse: string;
        };
        StockAlert: {
            closedAt: string | null;
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "low" | "over" | "slow" | "expiring";
            /** Format: date-time */
            openedAt: string;
            says: string;
            sku: string;
            title: string;
            warehouse: string;
        };
        StockAlertCounts: {
            expiring: number;
            low: number;
            over: number;
            slow: number;
        };
        StockAudit: {
            checked: number;
            mismatches: {
                [key: string]: unknown;
            }[];
            ok: boolean;
        };
        StockDocument: {
            /** Format: date-time */
            createdAt: string;
            deliveryId: string | null;
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "receipt" | "adjustment" | "transfer" | "move" | "freeze" | "unfreeze" | "damage" | "scrap" | "kit" | "unkit" | "count" | "reversal";
            lines: {
                [key: string]: unknown;
            }[];
            no: string;
            reason: string | null;
            reference: string | null;
            reverses: string | null;
            /** @enum {string} */
            state: "posted" | "in_transit" | "received" | "awaiting_approval" | "rejected" | "reversed";
            toWarehouse: string | null;
            version: number;
            warehouse: string;
        };
        StockDocumentDetail: {
            /** Format: date-time */
            createdAt: string;
            deliveryId: string | null;
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "receipt" | "adjustment" | "transfer" | "move" | "freeze" | "unfreeze" | "damage" | "scrap" | "kit" | "unkit" | "count" | "reversal";
            lines: {
                [key: string]: unknown;
            }[];
            moves: {
                batch: string | null;
                bin: string | null;
                damaged: number;
                expiresOn: string | null;
                frozen: number;
                inTransit: number;
                onHand: number;
                sku: string;
                title: string;
                warehouse: string;
            }[];
            no: string;
            reason: string | null;
            reference: string | null;
            reversedBy: {
                /** Format: uuid */
                id: string;
                no: string;
                /** @enum {string} */
                state: "posted" | "in_transit" | "received" | "awaiting_approval" | "rejected" | "reversed";
            } | null;
            reverses: string | null;
            reversesNo: string | null;
            /** @enum {string} */
            state: "posted" | "in_transit" | "received" | "awaiting_approval" | "rejected" | "reversed";
            toWarehouse: string | null;
            version: number;
            warehouse: string;
        };
        StockMove: {
            actor: string;
            actorName: string;
            /** Format: date-time */
            at: string;
            batch: string | null;
            bin: string | null;
            damaged: number;
            /** Format: uuid */
            docId: string;
            expiresOn: string | null;
            frozen: number;
            inTransit: number;
            kind: string;
            onHand: number;
            reason: string | null;
            reserved: number;
            seq: number;
            sku: string;
            warehouse: string;
        };
        StockPlan: {
            bias: number | null;
            bufferUnits: number;
            coverDays: number | null;
            coverDaysMax: number;
            dayError: number | null;
            days: number[];
            /** Format: date */
            from: string;
            leadDays: number;
            leadUnits: number;
            /** Format: date-time */
            madeAt: string;
            maxUnits: number | null;
            method: string;
            minUnits: number | null;
            orderMin: number;
            orderUpTo: number | null;
            packSize: number;
            perDay: number;
            position: number;
            reorderPoint: number | null;
            reviewDays: number;
            servicePercent: number;
            suggested: number;
            supplier: string | null;
            waiting: number;
            wape: {
                naive: number | null;
                ours: number | null;
                seasonalNaive: number | null;
            };
            weekError: number | null;
            weeksTried: number;
            why: string[];
        };
        StockTake: {
            approvalId: string | null;
            bins: number;
            binsDone: number;
            blind: boolean;
            counted: number;
            /** Format: date-time */
            createdAt: string;
            createdByName: string;
            currency: string;
            differing: number | null;
            endedAt: string | null;
            endedByName: string | null;
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "full" | "cycle";
            lines: number;
            may: ("count" | "submit" | "approve" | "reopen" | "cancel")[];
            no: string;
            note: string;
            refused: number;
            scope: {
                abc?: ("A" | "B" | "C")[];
                bins?: string[];
                skus?: string[];
                zones?: string[];
            };
            /** @enum {string} */
            state: "counting" | "awaiting_approval" | "posted" | "cancelled";
            submittedAt: string | null;
            submittedByName: string | null;
            toRecount: number;
            unitsOver: number | null;
            unitsShort: number | null;
            valueOver: number | null;
            valueShort: number | null;
            version: number;
            waiting: number;
            warehouse: string;
            why: string | null;
        };
        StockTakeBin: {
            bin: string;
            counted: number;
            done: boolean;
            lines: number;
            recount: number;
            zone: string | null;
        };
        StockTakeCounted: {
            items: {
                batch: string | null;
                bin: string;
                counted: number;
                found: boolean;
                recount: boolean;
                repeated: boolean;
                scanId: string | null;
                sku: string | null;
                title: string | null;
            }[];
        };
        StockTakeLine: {
            barcode: string | null;
            batch: string | null;
            bin: string;
            book: number | null;
            counted: number | null;
            countedAt: string | null;
            countedByName: string | null;
            difference: number | null;
            disturbed: boolean;
            expiresOn: string | null;
            found: boolean;
            /** Format: uuid */
            id: string;
            outcome: ("same" | "posted" | "waiting" | "refused" | "uncounted") | null;
            posted: number | null;
            previous: number | null;
            reason: string | null;
            recount: boolean;
            round: number;
            sku: string;
            /** @enum {string} */
            state: "good" | "damaged" | "frozen";
            title: string;
            value: number | null;
            zone: string | null;
        };
        StockTakePreview: {
            bins: number;
            lines: number;
        };
        SupportSettings: {
            values: {
                /** @default 7 */
                agreementDays: number;
                /** @default  */
                agreementTextEn: string;
                /** @default  */
                agreementTextZh: string;
                /** @default service */
                calendar: string;
                /**
                 * @default [
                 *       {
                 *         "timeZone": "Asia/Shanghai",
                 *         "weekly": {
                 *           "mon": [
                 *             {
                 *               "from": "09:00",
                 *               "to": "12:00"
                 *             },
                 *             {
                 *               "from": "13:30",
                 *               "to": "18:00"
                 *             }
                 *           ],
                 *           "tue": [
                 *             {
                 *               "from": "09:00",
                 *               "to": "12:00"
                 *             },
                 *             {
                 *               "from": "13:30",
                 *               "to": "18:00"
                 *             }
                 *           ],
                 *           "wed": [
                 *             {
                 *               "from": "09:00",
                 *               "to": "12:00"
                 *             },
                 *             {
                 *               "from": "13:30",
                 *               "to": "18:00"
                 *             }
                 *           ],
                 *           "thu": [
                 *             {
                 *               "from": "09:00",
                 *               "to": "12:00"
                 *             },
                 *             {
                 *               "from": "13:30",
                 *               "to": "18:00"
                 *             }
                 *           ],
                 *           "fri": [
                 *             {
                 *               "from": "09:00",
                 *               "to": "12:00"
                 *             },
                 *             {
                 *               "from": "13:30",
                 *               "to": "18:00"
                 *             }
                 *           ]
                 *         },
                 *         "overrides": [],
                 *         "code": "service",
                 *         "name": "客服工作时间",
                 *         "chinese": true
                 *       }
                 *     ]
                 */
                calendars: {
                    /** @default false */
                    chinese: boolean;
                    code: string;
                    name: string;
                    /** @default [] */
                    overrides: {
                        /** Format: date */
                        date: string;
                        intervals: {
                            from: string;
                            to: string;
                        }[];
                        name?: string;
                    }[];
                    timeZone: string;
                    weekly: {
                        [key: string]: {
                            from: string;
                            to: string;
                        }[];
                    };
                }[];
                /** @default 3 */
                closeAfterDays: number;
                /**
                 * @default [
                 *       {
                 *         "to": "assignee",
                 *         "afterMinutes": 0
                 *       },
                 *       {
                 *         "to": "lead",
                 *         "afterMinutes": 30
                 *       },
                 *       {
                 *         "to": "manager",
                 *         "afterMinutes": 120
                 *       },
                 *       {
                 *         "to": "duty",
                 *         "afterMinutes": 240
                 *       }
                 *     ]
                 */
                ladder: {
                    afterMinutes: number;
                    /** @enum {string} */
                    to: "assignee" | "lead" | "manager" | "duty";
                }[];
                /**
                 * @default [
                 *       {
                 *         "code": "complaint",
                 *         "name": "投诉",
                 *         "category": "complaint",
                 *         "severity": null,
                 *         "priority": null,
                 *         "team": null,
                 *         "firstResponseS": 7200,
                 *         "nextResponseS": 14400,
                 *         "solutionS": 86400,
                 *         "resolutionS": 172800,
                 *         "calendar": "always",
                 *         "pauseIn": [
                 *           "waiting_customer",
                 *           "waiting_third_party"
                 *         ],
                 *         "reopen": "total"
                 *       },
                 *       {
                 *         "code": "inquiry",
                 *         "name": "咨询",
                 *         "category": "inquiry",
                 *         "severity": null,
                 *         "priority": null,
                 *         "team": null,
                 *         "firstResponseS": 86400,
                 *         "nextResponseS": 86400,
                 *         "solutionS": null,
                 *         "resolutionS": 86400,
                 *         "calendar": "always",
                 *         "pauseIn": [
                 *           "waiting_customer",
                 *           "waiting_third_party"
                 *         ],
                 *         "reopen": "first"
                 *       },
                 *       {
                 *         "code": "other",
                 *         "name": "其他",
                 *         "category": null,
                 *         "severity": null,
                 *         "priority": null,
                 *         "team": null,
                 *         "firstResponseS": 14400,
                 *         "nextResponseS": 14400,
                 *         "solutionS": 57600,
                 *         "resolutionS": 86400,
                 *         "calendar": null,
                 *         "pauseIn": [
                 *           "waiting_customer",
                 *           "waiting_third_party"
                 *         ],
                 *         "reopen": "total"
                 *       }
                 *     ]
                 */
                policies: {
                    /** @default null */
                    calendar: string | null;
                    /** @default null */
                    category: string | null;
                    code: string;
                    /** @default null */
                    firstResponseS: number | null;
                    name: string;
                    /** @default null */
                    nextResponseS: number | null;
                    /**
                     * @default [
                     *       "waiting_customer",
                     *       "waiting_third_party"
                     *     ]
                     */
                    pauseIn: ("waiting_customer" | "waiting_third_party")[];
                    /** @default null */
                    priority: ("low" | "normal" | "high" | "urgent") | null;
                    /**
                     * @default total
                     * @enum {string}
                     */
                    reopen: "first" | "total";
                    /** @default null */
                    resolutionS: number | null;
                    /** @default null */
                    severity: ("normal" | "major") | null;
                    /** @default null */
                    solutionS: number | null;
                    /** @default null */
                    team: string | null;
                }[];
                /** @default 7 */
                reopenWithinDays: number;
                /** @default 6 */
                repeatMax: number;
                /** @default 240 */
                repeatMinutes: number;
                /** @default 30 */
                reportRemindMinutes: number;
                /**
                 * @default [
                 *       "10:00",
                 *       "14:00",
                 *       "18:00"
                 *     ]
                 */
                reportTimes: string[];
                /** @default 50 */
                ticketLimit: number;
                /** @default 800 */
                warnPermille: number;
            };
            version: number;
        };
        SupportTeam: {
            calendar: string | null;
            categories: string[];
            code: string;
            enabled: boolean;
            /** Format: uuid */
            id: string;
            lead: {
                /** Format: uuid */
                id: string;
                name: string;
            } | null;
            manager: {
                /** Format: uuid */
                id: string;
                name: string;
            } | null;
            members: {
                /** Format: uuid */
                id: string;
                name: string;
            }[];
            name: string;
            version: number;
        };
        TaxCode: {
            code: string;
            /** Format: uuid */
            id: string;
            key: string;
            may: string[];
            policy: string | null;
            rateBp: number;
            /** @enum {string} */
            scope: "sku" | "category" | "default";
            shortName: string;
            unit: string;
            /** Format: date-time */
            updatedAt: string;
            updatedBy: string;
        };
        TestMailAccount: {
            imap: {
                /** @default INBOX */
                folder?: string;
                host: string;
                /** @default null */
                moveTo?: string | null;
                password?: string;
                /** @default 993 */
                port?: number;
                /**
                 * @default tls
                 * @enum {string}
                 */
                security?: "tls" | "starttls" | "none";
                user: string;
            };
            /** Format: uuid */
            mailboxId?: string;
            /** @default null */
            smtp?: {
                host: string;
                password?: string;
                /** @default 465 */
                port?: number;
                /**
                 * @default tls
                 * @enum {string}
                 */
                security?: "tls" | "starttls" | "none";
                /** @default null */
                user?: string | null;
            } | null;
        };
        Ticket: {
            assignee: {
                /** Format: uuid */
                id: string;
                name: string;
            } | null;
            category: string;
            categoryName: string;
            cc: string[];
            channel: string;
            clocks: components["schemas"]["TicketClock"][];
            closedAt: string | null;
            customer: {
                /** Format: uuid */
                id: string;
                name: string;
                phone: string;
            } | null;
            escalation: number;
            follows: {
                /** Format: uuid */
                id: string;
                no: string;
                /** @enum {string} */
                state: "open" | "in_progress" | "waiting_customer" | "waiting_third_party" | "resolved" | "closed" | "merged";
            } | null;
            /** Format: uuid */
            id: string;
            lastAnswerAt: string | null;
            lastCustomerAt: string | null;
            links: {
                /** Format: uuid */
                id: string;
                /** @enum {string} */
                kind: "order" | "parcel" | "shipment" | "after_sale" | "exception" | "claim" | "invoice" | "payment" | "ticket";
                label: string;
                relation: string;
            }[];
            may: string[];
            merged: {
                /** Format: uuid */
                id: string;
                no: string;
                /** @enum {string} */
                state: "open" | "in_progress" | "waiting_customer" | "waiting_third_party" | "resolved" | "closed" | "merged";
            }[];
            mergedInto: {
                /** Format: uuid */
                id: string;
                no: string;
                /** @enum {string} */
                state: "open" | "in_progress" | "waiting_customer" | "waiting_third_party" | "resolved" | "closed" | "merged";
            } | null;
            missed: boolean;
            moves: {
                /** Format: date-time */
                at: string;
                by: string;
                event: string;
                facts: {
                    [key: string]: unknown;
                };
                /** @enum {string} */
                state: "open" | "in_progress" | "waiting_customer" | "waiting_third_party" | "resolved" | "closed" | "merged";
            }[];
            nextDueAt: string | null;
            no: string;
            /** Format: date-time */
            openedAt: string;
            openedBy: {
                kind: string;
                name: string;
            };
            orderId: string | null;
            orderNo: string | null;
            policy: string;
            /** @enum {string} */
            priority: "low" | "normal" | "high" | "urgent";
            resolvedAt: string | null;
            /** @enum {string} */
            severity: "normal" | "major";
            /** @enum {string} */
            state: "open" | "in_progress" | "waiting_customer" | "waiting_third_party" | "resolved" | "closed" | "merged";
            subject: string;
            tags: string[];
            team: {
                /** Format: uuid */
                id: string;
                name: string;
            } | null;
            /** @enum {string} */
            verdict: "open" | "met" | "partially_met" | "breached";
            version: number;
            watchers: {
                /** Format: uuid */
                id: string;
                name: string;
                /** @enum {string} */
                role: "cc" | "watcher";
            }[];
        };
        TicketCalculation: {
            clocks: {
                cycle: number;
                dueAt: string | null;
                elapsedSeconds: number;
                metAt: string | null;
                /** @enum {string} */
                metric: "first_response" | "next_response" | "solution" | "resolution";
                missedAt: string | null;
                remainingSeconds: number;
                /** Format: date-time */
                startedAt: string;
                /** @enum {string} */
                state: "running" | "warned" | "paused" | "met" | "breached" | "cancelled";
                steps: {
                    calendar: string;
                    /** Format: date-time */
                    from: string;
                    /** @enum {string} */
                    kind: "counted" | "paused" | "stopped";
                    openings: {
                        /** Format: date-time */
                        from: string;
                        /** Format: date-time */
                        to: string;
                    }[];
                    seconds: number;
                    sum: number;
                    targetSeconds: number;
                    /** Format: date-time */
                    to: string;
                }[];
                targetSeconds: number;
                warnAt: string | null;
                warnedAt: string | null;
            }[];
            pauseIn: string[];
            policy: string;
            /** @enum {string} */
            reopen: "first" | "total";
            timeZone: string;
        };
        TicketCategories: {
            items: {
                builtIn: boolean;
                code: string;
                enabled: boolean;
                name: {
                    en: string;
                    "zh-CN": string;
                };
            }[];
        };
        TicketClock: {
            cycle: number;
            dueAt: string | null;
            metAt: string | null;
            /** @enum {string} */
            metric: "first_response" | "next_response" | "solution" | "resolution";
            missedAt: string | null;
            /** Format: date-time */
            startedAt: string;
            /** @enum {string} */
            state: "running" | "warned" | "paused" | "met" | "breached" | "cancelled";
            targetSeconds: number;
            warnAt: string | null;
            warnedAt: string | null;
        };
        TicketMail: {
            incoming: components["schemas"]["IncomingMail"][];
            outgoing: components["schemas"]["OutgoingMail"][];
            thread: {
                /** Format: uuid */
                accountId: string;
                address: string;
                /** @enum {string} */
                locale: "zh-CN" | "en";
                name: string;
                undeliveredAt: string | null;
            } | null;
        };
        TicketMessage: {
            /** Format: date-time */
            at: string;
            author: {
                id: string;
                kind: string;
                name: string;
            };
            auto: boolean;
            body: string;
            channel: string;
            files: {
                /** Format: uuid */
                id: string;
                mediaType: string;
                name: string;
                size: number;
            }[];
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "inbound" | "outbound" | "internal" | "notice";
            origin: {
                /** Format: uuid */
                id: string;
                no: string;
            };
            solution: boolean;
            splitFrom: string | null;
        };
        TicketSummary: {
            assignee: {
                /** Format: uuid */
                id: string;
                name: string;
            } | null;
            category: string;
            categoryName: string;
            channel: string;
            clocks: components["schemas"]["TicketClock"][];
            closedAt: string | null;
            customer: {
                /** Format: uuid */
                id: string;
                name: string;
                phone: string;
            } | null;
            escalation: number;
            /** Format: uuid */
            id: string;
            lastAnswerAt: string | null;
            lastCustomerAt: string | null;
            may: string[];
            missed: boolean;
            nextDueAt: string | null;
            no: string;
            /** Format: date-time */
            openedAt: string;
            orderId: string | null;
            orderNo: string | null;
            /** @enum {string} */
            priority: "low" | "normal" | "high" | "urgent";
            resolvedAt: string | null;
            /** @enum {string} */
            severity: "normal" | "major";
            /** @enum {string} */
            state: "open" | "in_progress" | "waiting_customer" | "waiting_third_party" | "resolved" | "closed" | "merged";
            subject: string;
            tags: string[];
            team: {
                /** Format: uuid */
                id: string;
                name: string;
            } | null;
            version: number;
        };
        TrackNode: {
            at: string;
            /** @enum {string} */
            code: "collected" | "in_transit" | "out_for_delivery" | "delivered" | "exception" | "returning" | "returned";
            place: string | null;
            text: string;
        };
        TrialBalance: {
            accounts: {
                balance: number;
                /** @enum {string} */
                class: "asset" | "liability" | "income" | "expense";
                code: string;
                credit: number;
                currency: string;
                debit: number;
                name: string;
                number: string;
                /** @enum {string} */
                side: "debit" | "credit";
            }[];
            /** Format: date */
            at: string;
            balanced: boolean;
            totals: {
                credit: number;
                currency: string;
                debit: number;
            }[];
        };
        UndoResult: {
            orders: components["schemas"]["Order"][];
        };
        User: {
            /** Format: date-time */
            createdAt: string;
            email: string;
            /** Format: uuid */
            id: string;
            lastSignInAt: string | null;
            limits: {
                [key: string]: number;
            };
            lockedUntil: string | null;
            name: string;
            roles: string[];
            shops: string[] | null;
            /** @enum {string} */
            status: "active" | "disabled";
            twoFactorEnabled: boolean;
            version: number;
            warehouses: string[] | null;
        };
        UserList: {
            items: components["schemas"]["User"][];
            nextCursor: string | null;
        };
        VisiblePrices: {
            /** @enum {string} */
            currency: "CNY" | "HKD" | "USD" | "EUR" | "GBP" | "JPY";
            items: {
                /** Format: date-time */
                from: string;
                listPrice: components["schemas"]["Money"];
                offer: string | null;
                price: components["schemas"]["Money"];
                title: string | null;
                to: string | null;
            }[];
            sku: string;
        };
        Warehouse: {
            address: unknown;
            code: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: uuid */
            id: string;
            name: string;
            priority: number;
            version: number;
        };
        WarehouseLayout: {
            aislesMm: number[];
            crossAislesMm: number[];
            depot: {
                aisle: number;
                /** @enum {string} */
                end: "front" | "back";
            };
        };
        WarehousePlan: {
            bins: {
                aisle: number | null;
                bay: number | null;
                closed: boolean;
                code: string;
                /** Format: uuid */
                id: string;
                /** @enum {string} */
                kind: "floor" | "storage" | "staging" | "quarantine";
                level: number | null;
                side: ("L" | "R") | null;
                skus: number;
                units: number;
                xMm: number | null;
                yMm: number | null;
                zone: string | null;
            }[];
            cut: boolean;
            layout: components["schemas"]["WarehouseLayout"] | null;
            warehouse: string;
            zones: components["schemas"]["Zone"][];
        };
        WarehouseService: {
            rows: {
                /** @default null */
                cost: number | null;
                /** @default null */
                days: number | null;
                /** @default false */
                excluded: boolean;
                region: string;
            }[];
            warehouse: string;
            /** Format: uuid */
            warehouseId: string;
        };
        WarehouseWork: {
            /** Format: uuid */
            orderId: string;
            orderNo: string;
            parcels: components["schemas"]["Parcel"][];
            picks: components["schemas"]["Pick"][];
        };
        Wave: {
            createdAt: string;
            createdBy: string;
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            mode: "single" | "batch";
            note: string | null;
            picks: components["schemas"]["Pick"][];
            warehouse: string;
        };
        WaveSummary: {
            createdAt: string;
            createdBy: string;
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            mode: "single" | "batch";
            note: string | null;
            open: number;
            picks: number;
            warehouse: string;
        };
        Webhook: {
            /** Format: date-time */
            createdAt: string;
            disabledReason: ("by_hand" | "failing") | null;
            enabled: boolean;
            events: string[];
            failingSince: string | null;
            /** @description Failed attempts since the last success */
            failures: number;
            /** Format: uuid */
            id: string;
            previousSecretUntil: string | null;
            url: string;
            version: number;
        };
        WebhookDelivery: {
            attempts: number;
            /** Format: date-time */
            createdAt: string;
            deliveredAt: string | null;
            eventId: string;
            /** Format: uuid */
            id: string;
            key: string;
            lastError: string | null;
            lastStatus: number | null;
            nextAt: string | null;
            /** @enum {string} */
            state: "pending" | "delivered" | "failed";
            type: string;
        };
        WebhookDeliveryList: {
            items: components["schemas"]["WebhookDelivery"][];
            nextCursor: string | null;
        };
        WebhookEventTypeList: {
            items: {
                schema: {
                    [key: string]: unknown;
                };
                type: string;
            }[];
            nextCursor: null;
        };
        WebhookList: {
            items: components["schemas"]["Webhook"][];
            nextCursor: null;
        };
        WebhookWithSecret: {
            /** Format: date-time */
            createdAt: string;
            disabledReason: ("by_hand" | "failing") | null;
            enabled: boolean;
            events: string[];
            failingSince: string | null;
            /** @description Failed attempts since the last success */
            failures: number;
            /** Format: uuid */
            id: string;
            previousSecretUntil: string | null;
            /** @description Shown in this answer and nowhere else */
            secret: string;
            url: string;
            version: number;
        };
        Weighing: {
            at: string;
            by: string;
            expectedG: number | null;
            /** @enum {string} */
            outcome: "fits" | "unknown" | "differs" | "overridden" | "confirmed";
            reason: string | null;
            weightG: number;
        };
        Withdrawal: {
            /** @enum {string} */
            state: "waiting" | "told" | "expired" | "withdrawn";
            title: string;
        };
        Zone: {
            code: string;
            /** Format: uuid */
            id: string;
            name: string;
            /** @enum {string} */
            temperature: "ambient" | "chilled" | "frozen";
            version: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getAgreementsAgreementIdPdf: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                agreementId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postAgreementsAgreementIdSend: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                agreementId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        agreement: components["schemas"]["ComplaintAgreement"];
                        link: string;
                        mailed: boolean;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postAgreementsAgreementIdWithdraw: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                agreementId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComplaintAgreement"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getApiKeys: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyList"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postApiKeys: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default null */
                    expiresAt?: unknown | null;
                    name: string;
                    scopes: string[];
                    /** @default null */
                    shops?: string[] | null;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyMade"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postApiKeysKeyIdRevoke: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                keyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getApprovals: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                state?: "pending" | "approved" | "rejected" | "expired" | "withdrawn";
                view?: "to_decide" | "mine" | "all";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Approval"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postApprovalsApprovalIdApprove: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                approvalId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Approval"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postApprovalsApprovalIdReject: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                approvalId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    note: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Approval"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postApprovalsApprovalIdWithdraw: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                approvalId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Approval"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAuditEvents: {
        parameters: {
            query?: {
                actor?: string;
                cursor?: string;
                from?: unknown;
                key?: string;
                limit?: number;
                to?: unknown;
                type?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AuditEvent"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAuditVerify: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        breach: {
                            /** @enum {string} */
                            kind: "event_changed" | "event_deleted" | "event_inserted" | "seal_changed" | "seal_missing" | "events_unsealed";
                            seal: number;
                            seq: number | null;
                        } | null;
                        events: number;
                        head: string;
                        ok: boolean;
                        seals: number;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getBackInStock: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["BackInStockCount"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postBackInStock: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    customer: {
                        /** Format: email */
                        email?: string;
                        name?: string;
                        phone?: string;
                    };
                    shop?: string;
                    sku: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BackInStock"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getBackInStockSku: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                sku: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["BackInStock"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getBankAccounts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["BankAccount"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postBankAccounts: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    accountNo: string;
                    bank: string;
                    code: string;
                    /**
                     * @default CNY
                     * @enum {string}
                     */
                    currency?: "CNY" | "HKD" | "USD" | "EUR" | "GBP" | "JPY";
                    /** @default true */
                    enabled?: boolean;
                    name: string;
                    /** @default false */
                    takesTransfers?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BankAccount"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putBankAccountsAccountId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                accountId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    accountNo: string;
                    bank: string;
                    enabled: boolean;
                    name: string;
                    takesTransfers: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BankAccount"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getBankLines: {
        parameters: {
            query?: {
                account?: string;
                amount?: number;
                cursor?: string;
                from?: string;
                limit?: number;
                q?: string;
                side?: "in" | "out";
                state?: "open" | "matched" | "ignored";
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["BankLineSummary"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getBankLinesLineId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                lineId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BankLine"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postBankLinesLineIdIgnore: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                lineId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default true */
                    ignored?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BankLine"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postBankLinesLineIdMatches: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                lineId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    match: {
                        amount?: number;
                        /** @constant */
                        kind: "payment";
                        note?: string;
                        payment: string;
                    } | {
                        billIds?: string[];
                        channel: string;
                        fee?: number;
                        /** @constant */
                        kind: "settlement";
                        note?: string;
                        orderNos?: string[];
                    } | {
                        /** @constant */
                        kind: "refund";
                        note?: string;
                        /** Format: uuid */
                        refundId: string;
                    } | {
                        /** Format: uuid */
                        entryId: string;
                        /** @constant */
                        kind: "entry";
                        note?: string;
                    } | {
                        /** @enum {string} */
                        account: "suspense" | "channel_fees" | "difference_gains" | "difference_losses";
                        amount?: number;
                        /** @constant */
                        kind: "other";
                        note: string;
                    };
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BankLine"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getBankLinesOutstanding: {
        parameters: {
            query: {
                channel: string;
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            amount: number;
                            /** Format: uuid */
                            id: string;
                            label: string;
                            on: string;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getBankLinesSums: {
        parameters: {
            query?: {
                account?: string;
                amount?: number;
                from?: string;
                q?: string;
                side?: "in" | "out";
                state?: "open" | "matched" | "ignored";
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BankLineSums"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postBankMatchesMatchIdUndo: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                matchId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BankLine"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getBlacklist: {
        parameters: {
            query?: {
                cursor?: string;
                kind?: "phone" | "address" | "device";
                limit?: number;
                phone?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["BlacklistEntry"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postBlacklist: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    address?: {
                        address: string;
                        /** @default  */
                        city?: string;
                        /** @default  */
                        district?: string;
                        /** @default  */
                        province?: string;
                    };
                    device?: string;
                    kinds: ("phone" | "address" | "device")[];
                    orderId?: string;
                    phone?: string;
                    reason: string;
                    /** Format: date-time */
                    until?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["BlacklistEntry"][];
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteBlacklistEntryId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entryId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Nothing"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCarriers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Carrier"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postCarriers: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    code: string;
                    name: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Carrier"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patchCarriersCode: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    enabled?: boolean;
                    name?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Carrier"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCarriersRecognise: {
        parameters: {
            query: {
                waybillNo: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        carrier: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCartons: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Carton"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postCartons: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    code: string;
                    costAmount: number;
                    heightMm: number;
                    lengthMm: number;
                    material: string;
                    maxG: number;
                    name: string;
                    tareG: number;
                    widthMm: number;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Carton"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patchCartonsCartonId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                cartonId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    active?: boolean;
                    costAmount?: number;
                    heightMm?: number;
                    lengthMm?: number;
                    material?: string;
                    maxG?: number;
                    name?: string;
                    tareG?: number;
                    widthMm?: number;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Carton"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCategories: {
        parameters: {
            query?: {
                limit?: number;
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: string[];
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCheckPlans: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["CheckPlan"][];
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putCheckPlans: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default null */
                    everyNth?: number | null;
                    /** @default 0 */
                    firstParcels?: number;
                    /** @default false */
                    fragile?: boolean;
                    /** @default 0 */
                    permille?: number;
                    /** @default null */
                    valueAbove?: number | null;
                    warehouse: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckPlan"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getClaims: {
        parameters: {
            query?: {
                cursor?: string;
                kind?: "coupon_not_applied" | "offer_not_applied" | "points_missing" | "price_wrong" | "gift_missing" | "other";
                limit?: number;
                orderId?: string;
                overdue?: string;
                q?: string;
                state?: "open" | "corrected" | "dismissed" | "awaiting_approval";
                verdict?: "error_confirmed" | "as_agreed" | "cannot_tell";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ClaimSummary"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getClaimsClaimId: {
        parameters: {
            query?: {
                locale?: "zh-CN" | "en";
            };
            header?: never;
            path: {
                claimId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Claim"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postClaimsClaimIdCorrect: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                claimId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default  */
                    note?: string;
                    points?: number;
                    refund?: number;
                    /** @default false */
                    sendGift?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Claim"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postClaimsClaimIdDismiss: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                claimId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Claim"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getClaimsClaimIdReportPdf: {
        parameters: {
            query?: {
                locale?: "zh-CN" | "en";
            };
            header?: never;
            path: {
                claimId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCustomers: {
        parameters: {
            query?: {
                cursor?: string;
                level?: string;
                limit?: number;
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["CustomerSummary"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCustomersCustomerId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                customerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patchCustomersCustomerIdLevel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                customerId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    level: string | null;
                    reason: string;
                    until?: unknown;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCustomersCustomerIdPoints: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                customerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerPoints"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postCustomersCustomerIdPointsAdjust: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                customerId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    orderId?: string;
                    points: number;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PointsGranted"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postCustomersCustomerIdPointsCompensate: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                customerId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    orderId?: string;
                    points: number;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PointsGranted"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postCustomersCustomerIdPointsSpend: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                customerId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    orderId?: string;
                    points: number;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PointsGranted"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCutoffs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Cutoff"][];
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putCutoffs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    carrier: string;
                    time: string;
                    warehouse: string;
                    weekdays: number[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Cutoff"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteCutoffsWarehouseCarrier: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                carrier: string;
                warehouse: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Nothing"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDashboard: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dashboard"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getExceptions: {
        parameters: {
            query?: {
                cursor?: string;
                kind?: "shortage" | "address" | "other";
                limit?: number;
                orderId?: string;
                owner?: string;
                q?: string;
                state?: "open" | "offered" | "answered" | "compensated" | "resolved" | "closed";
                view?: "open" | "done";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ExceptionSummary"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postExceptions: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    kind: "shortage" | "address" | "other";
                    /** Format: uuid */
                    lineId?: string;
                    /** @default  */
                    note?: string;
                    orderId: string;
                    units?: number;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Exception"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getExceptionsExceptionId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                exceptionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Exception"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postExceptionsExceptionIdAnswer: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                exceptionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    answer: {
                        /** @constant */
                        kind: "substitute";
                        sku: string;
                    } | {
                        /** Format: date-time */
                        expectedAt: string;
                        /** @constant */
                        kind: "wait";
                    } | {
                        /** @constant */
                        kind: "refund";
                    };
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Exception"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postExceptionsExceptionIdAssign: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                exceptionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    ownerId: string | null;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Exception"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postExceptionsExceptionIdContact: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                exceptionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    nextAt?: unknown;
                    /** @default  */
                    note?: string;
                    /** @enum {string} */
                    result: "confirmed" | "corrected" | "unreachable" | "call_back" | "cancel";
                    shipTo?: {
                        address?: string;
                        city?: string;
                        district?: string;
                        name?: string;
                        phone?: string;
                        province?: string;
                    };
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Exception"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postExceptionsExceptionIdOffer: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                exceptionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    options: ({
                        /** @constant */
                        kind: "substitute";
                        sku: string;
                    } | {
                        /** Format: date-time */
                        expectedAt: string;
                        /** @constant */
                        kind: "wait";
                    } | {
                        /** @constant */
                        kind: "refund";
                    })[];
                    /** @default true */
                    send?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Offer"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postExceptionsExceptionIdResolve: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                exceptionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    note: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Exception"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getExports: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Export"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postExports: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    filters?: {
                        [key: string]: unknown;
                    };
                    /**
                     * @default csv
                     * @enum {string}
                     */
                    format?: "csv" | "xlsx";
                    kind: string;
                };
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Export"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getExportsExportId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                exportId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Export"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getFeedbackRequests: {
        parameters: {
            query?: {
                agentId?: string;
                bad?: string;
                campaignId?: string;
                category?: string;
                cursor?: string;
                from?: string;
                kind?: "csat" | "nps";
                limit?: number;
                state?: "waiting" | "asked" | "answered" | "expired" | "skipped";
                subjectId?: string;
                teamId?: string;
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["FeedbackRequest"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getFeedbackResults: {
        parameters: {
            query?: {
                agentId?: string;
                by?: "agent" | "team" | "category" | "day" | "week" | "month";
                campaignId?: string;
                category?: string;
                from?: string;
                kind?: "csat" | "nps";
                teamId?: string;
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FeedbackResults"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postFiles: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["File"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getFilesFileId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                fileId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getFinanceSummary: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FinanceSummary"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getFollowUps: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                owner?: string | "me";
                state?: "open" | "done" | "cancelled";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["FollowUp"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postFollowUps: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    customerId?: string;
                    note: string;
                    /** Format: uuid */
                    ownerId?: string;
                    /** Format: uuid */
                    ticketId?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FollowUpPage"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getFollowUpsFollowUpId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                followUpId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FollowUpPage"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postFollowUpsFollowUpIdAssign: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                followUpId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    note?: string;
                    ownerId: string | null;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FollowUpPage"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postFollowUpsFollowUpIdCancel: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                followUpId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FollowUpPage"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postFollowUpsFollowUpIdFinish: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                followUpId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    note?: string;
                    /** @enum {string} */
                    outcome: "satisfied" | "unsatisfied" | "not_reached" | "refused";
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FollowUpPage"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postFollowUpsFollowUpIdMiss: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                followUpId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FollowUpPage"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postFollowUpsFollowUpIdReopen: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                followUpId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FollowUpPage"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getImportKinds: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            atomic: boolean;
                            columns: {
                                aliases: string[];
                                example: string;
                                name: string;
                                required: boolean;
                            }[];
                            kind: string;
                            templateUrl: string;
                        }[];
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getImportKindsKindTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getImports: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Import"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postImports: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "multipart/form-data": {
                    dryRun?: boolean;
                    /** Format: binary */
                    file: string;
                    kind: string;
                    mapping?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getImportsImportId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                importId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postImportsImportIdCancel: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                importId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getImportsImportIdRejects: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                importId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getIncidents: {
        parameters: {
            query?: {
                cursor?: string;
                kind?: "short" | "damaged" | "mislabelled" | "wrong_item" | "surplus" | "other";
                limit?: number;
                mine?: string;
                orderId?: string;
                overdue?: string;
                parcelId?: string;
                q?: string;
                source?: "pick" | "pack" | "check" | "hand_over" | "other";
                state?: "open" | "investigating" | "resolved" | "dismissed" | "unsettled";
                warehouse?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["IncidentSummary"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postIncidents: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    kind: "short" | "damaged" | "mislabelled" | "wrong_item" | "surplus" | "other";
                    /** @default  */
                    note?: string;
                    /** Format: uuid */
                    parcelId?: string;
                    /** Format: uuid */
                    photoId?: string;
                    /** Format: uuid */
                    pickId?: string;
                    quantity?: number;
                    sku?: string;
                    /**
                     * @default other
                     * @enum {string}
                     */
                    source?: "pick" | "pack" | "check" | "hand_over" | "other";
                    warehouse?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Incident"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getIncidentsIncidentId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                incidentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Incident"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postIncidentsIncidentIdAssign: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                incidentId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    ownerId: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Incident"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postIncidentsIncidentIdDismiss: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                incidentId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    resolution: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Incident"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postIncidentsIncidentIdInvestigate: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                incidentId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default  */
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Incident"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getIncidentsIncidentIdPhoto: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                incidentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postIncidentsIncidentIdReopen: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                incidentId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default  */
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Incident"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postIncidentsIncidentIdResolve: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                incidentId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    bin?: string;
                    /** @enum {string} */
                    consequence: "none" | "recount" | "moved_to_damaged" | "repacked" | "sent_again";
                    resolution: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Incident"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getIncidentsStats: {
        parameters: {
            query?: {
                from?: string;
                to?: string;
                warehouse?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentStats"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getInterceptions: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                order?: string;
                state?: "requested" | "accepted" | "refused" | "too_late" | "returned" | "delivered_anyway";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Interception"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postInterceptionsInterceptionIdAnswer: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                interceptionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    carrierRef?: string;
                    note?: string;
                    /** @enum {string} */
                    outcome: "accepted" | "refused" | "too_late" | "returned";
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Interception"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getInvoiceProviderSecrets: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @enum {string} */
                            name: "nuonuo_app_key" | "nuonuo_app_secret" | "nuonuo_access_token";
                            setAt: string | null;
                        }[];
                        may: string[];
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putInvoiceProviderSecrets: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    nuonuo_access_token?: string | null;
                    nuonuo_app_key?: string | null;
                    nuonuo_app_secret?: string | null;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @enum {string} */
                            name: "nuonuo_app_key" | "nuonuo_app_secret" | "nuonuo_access_token";
                            setAt: string | null;
                        }[];
                        may: string[];
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getInvoiceQualifications: {
        parameters: {
            query?: {
                cursor?: string;
                customerId?: string;
                limit?: number;
                state?: "pending" | "approved" | "rejected" | "revoked";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["InvoiceQualification"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postInvoiceQualifications: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default [] */
                    fileIds?: string[];
                    /** @default  */
                    note?: string;
                    orderId: string;
                    title: components["schemas"]["InvoiceTitleInput"];
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvoiceQualification"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postInvoiceQualificationsQualificationIdDecide: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                qualificationId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    decision: "approve" | "reject" | "revoke";
                    /** @default  */
                    note?: string;
                    /** Format: date */
                    validUntil?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvoiceQualification"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getInvoiceQualificationsQualificationIdFilesFileId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                fileId: string;
                qualificationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getInvoices: {
        parameters: {
            query?: {
                color?: "blue" | "red";
                cursor?: string;
                customerId?: string;
                from?: string;
                limit?: number;
                medium?: "digital" | "paper";
                orderId?: string;
                q?: string;
                shop?: string;
                state?: "waiting_payment" | "pending_review" | "blocked" | "confirming" | "ready" | "issuing" | "issued" | "reversed" | "failed" | "rejected" | "cancelled" | "open" | "overdue" | "due_soon" | "attention" | "to_print";
                to?: string;
                type?: "general" | "special";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["InvoiceSummary"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postInvoices: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: email */
                    email?: string;
                    mail?: {
                        address: string;
                        name: string;
                        phone: string;
                    };
                    /** @enum {string} */
                    medium: "digital" | "paper";
                    note?: string;
                    orderId: string;
                    title: components["schemas"]["InvoiceTitleInput"];
                    /** @enum {string} */
                    type: "general" | "special";
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invoice"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getInvoicesInvoiceId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                invoiceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invoice"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postInvoicesInvoiceIdCancel: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                invoiceId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default  */
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invoice"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postInvoicesInvoiceIdConfirmation: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                invoiceId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    event: "confirm" | "reject" | "apply_again";
                    /** @default  */
                    note?: string;
                    number?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invoice"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postInvoicesInvoiceIdDocumentsCame: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                invoiceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invoice"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getInvoicesInvoiceIdExchanges: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                invoiceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            answered: unknown;
                            /** Format: date-time */
                            at: string;
                            /** @enum {string} */
                            direction: "request" | "callback";
                            /** Format: uuid */
                            id: string;
                            method: string;
                            outcome: string;
                            provider: string;
                            sent: unknown;
                            tookMs: number;
                        }[];
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postInvoicesInvoiceIdGiveUp: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                invoiceId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default  */
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invoice"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postInvoicesInvoiceIdMail: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                invoiceId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    carrier: string;
                    waybillNo: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invoice"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getInvoicesInvoiceIdPdf: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                invoiceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postInvoicesInvoiceIdPrints: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                invoiceId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invoice"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postInvoicesInvoiceIdQuery: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                invoiceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invoice"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postInvoicesInvoiceIdReceived: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                invoiceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invoice"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postInvoicesInvoiceIdReissue: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                invoiceId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: email */
                    email?: string;
                    /** @enum {string} */
                    medium?: "digital" | "paper";
                    /** @default  */
                    note?: string;
                    title?: components["schemas"]["InvoiceTitleInput"];
                    /** @enum {string} */
                    type?: "general" | "special";
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invoice"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postInvoicesInvoiceIdReject: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                invoiceId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    note: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invoice"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postInvoicesInvoiceIdRetry: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                invoiceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invoice"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postInvoicesInvoiceIdReverse: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                invoiceId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default  */
                    note?: string;
                    /**
                     * @default 01
                     * @enum {string}
                     */
                    reason?: "01" | "02" | "03" | "04";
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invoice"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postInvoicesInvoiceIdSend: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                invoiceId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: email */
                    email: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invoice"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postInvoicesInvoiceIdUsed: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                invoiceId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    used: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invoice"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postInvoicesInvoiceIdWantDocuments: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                invoiceId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default  */
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invoice"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getInvoicesInvoiceIdXml: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                invoiceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postInvoicesBulk: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    items: {
                        /** @enum {string} */
                        medium?: "digital" | "paper";
                        orderId: string;
                        title?: components["schemas"]["InvoiceTitleInput"];
                        /** @enum {string} */
                        type?: "general" | "special";
                    }[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results: {
                            index: number;
                            invoice?: {
                                /** Format: uuid */
                                id: string;
                                no: string;
                                /** @enum {string} */
                                status: "waiting_payment" | "pending_review" | "blocked" | "confirming" | "ready" | "issuing" | "issued" | "reversed" | "failed" | "rejected" | "cancelled";
                            };
                            orderId: string;
                            problem?: {
                                code: string;
                                title: string;
                            };
                            status: number;
                        }[];
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getInvoicesSummary: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvoiceCounts"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getLedgerAccounts: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["LedgerAccount"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getLedgerAccountsCodePostings: {
        parameters: {
            query?: {
                currency?: string;
                cursor?: string;
                from?: unknown;
                limit?: number;
                to?: unknown;
            };
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["LedgerPosting"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getLedgerEntriesEntryId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entryId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LedgerEntry"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getLedgerTrialBalance: {
        parameters: {
            query?: {
                at?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrialBalance"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getLimits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Limit"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMailAccounts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["MailAccount"][];
                        serverHasSmtp: boolean;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postMailAccounts: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default true */
                    acknowledge?: boolean;
                    address: string;
                    /** @default inquiry */
                    category?: string;
                    /** @default true */
                    enabled?: boolean;
                    imap: {
                        /** @default INBOX */
                        folder?: string;
                        host: string;
                        /** @default null */
                        moveTo?: string | null;
                        password?: string;
                        /** @default 993 */
                        port?: number;
                        /**
                         * @default tls
                         * @enum {string}
                         */
                        security?: "tls" | "starttls" | "none";
                        user: string;
                    };
                    /** @default false */
                    isDefault?: boolean;
                    /** @default null */
                    locale?: ("zh-CN" | "en") | null;
                    name: string;
                    /** @default false */
                    plus?: boolean;
                    /** @default  */
                    senderName?: string;
                    /** @default null */
                    smtp?: {
                        host: string;
                        password?: string;
                        /** @default 465 */
                        port?: number;
                        /**
                         * @default tls
                         * @enum {string}
                         */
                        security?: "tls" | "starttls" | "none";
                        /** @default null */
                        user?: string | null;
                    } | null;
                    /** @default null */
                    teamId?: string | null;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailAccount"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMailAccountsMailboxId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                mailboxId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailAccount"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putMailAccountsMailboxId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                mailboxId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default true */
                    acknowledge?: boolean;
                    address: string;
                    /** @default inquiry */
                    category?: string;
                    /** @default true */
                    enabled?: boolean;
                    imap: {
                        /** @default INBOX */
                        folder?: string;
                        host: string;
                        /** @default null */
                        moveTo?: string | null;
                        password?: string;
                        /** @default 993 */
                        port?: number;
                        /**
                         * @default tls
                         * @enum {string}
                         */
                        security?: "tls" | "starttls" | "none";
                        user: string;
                    };
                    /** @default false */
                    isDefault?: boolean;
                    /** @default null */
                    locale?: ("zh-CN" | "en") | null;
                    name: string;
                    /** @default false */
                    plus?: boolean;
                    /** @default  */
                    senderName?: string;
                    /** @default null */
                    smtp?: {
                        host: string;
                        password?: string;
                        /** @default 465 */
                        port?: number;
                        /**
                         * @default tls
                         * @enum {string}
                         */
                        security?: "tls" | "starttls" | "none";
                        /** @default null */
                        user?: string | null;
                    } | null;
                    /** @default null */
                    teamId?: string | null;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailAccount"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postMailAccountsMailboxIdFetch: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                mailboxId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailAccount"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postMailAccountsTest: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    imap: {
                        /** @default INBOX */
                        folder?: string;
                        host: string;
                        /** @default null */
                        moveTo?: string | null;
                        password?: string;
                        /** @default 993 */
                        port?: number;
                        /**
                         * @default tls
                         * @enum {string}
                         */
                        security?: "tls" | "starttls" | "none";
                        user: string;
                    };
                    /** Format: uuid */
                    mailboxId?: string;
                    /** @default null */
                    smtp?: {
                        host: string;
                        password?: string;
                        /** @default 465 */
                        port?: number;
                        /**
                         * @default tls
                         * @enum {string}
                         */
                        security?: "tls" | "starttls" | "none";
                        /** @default null */
                        user?: string | null;
                    } | null;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailTestResult"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMailIncoming: {
        parameters: {
            query?: {
                accountId?: string;
                cursor?: string;
                limit?: number;
                open?: string;
                what?: "ticket" | "reply" | "held" | "noted" | "bounce" | "duplicate" | "dropped";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["IncomingMail"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postMailIncomingIncomingIdDrop: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                incomingId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncomingMail"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postMailIncomingIncomingIdOpenTicket: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                incomingId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncomingMail"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postMailOutgoingOutgoingIdRetry: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                outgoingId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OutgoingMail"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getManifests: {
        parameters: {
            query?: {
                carrier?: string;
                cursor?: string;
                limit?: number;
                q?: string;
                state?: "open" | "closed" | "handed_over";
                warehouse?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Manifest"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getManifestsManifestId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                manifestId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Manifest"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postManifestsManifestIdClose: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                manifestId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Manifest"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postManifestsManifestIdHandOver: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                manifestId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    driver: string;
                    /** @default false */
                    leaveBehind?: boolean;
                    signature?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Manifest"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getManifestsManifestIdParcels: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                scanned?: string;
            };
            header?: never;
            path: {
                manifestId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ManifestParcel"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postManifestsManifestIdScan: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                manifestId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    code: string;
                    /** Format: uuid */
                    scanId?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Manifest"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getManifestsManifestIdSheetPdf: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                manifestId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMeSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Session"][];
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postMeSessionsSessionIdEnd: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Nothing"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMembership: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Membership"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getNotifications: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                unread?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Notification"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postNotificationsNotificationIdRead: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                notificationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        unread: number;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postNotificationsRead: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        read: number;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getNotificationsUnread: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        count: number;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getNpsCampaigns: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["NpsCampaign"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postNpsCampaigns: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** Format: date-time */
                    ordersFrom: string;
                    /** Format: date-time */
                    ordersTo: string;
                    sample: number;
                    shop?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NpsCampaign"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postNpsCampaignsCampaignIdMove: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                campaignId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    event: "start" | "cancel";
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NpsCampaign"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOffers: {
        parameters: {
            query?: {
                cursor?: string;
                kind?: "limited_time_discount" | "threshold_reduction" | "coupon" | "nth_item" | "gift" | "flash_sale" | "presale" | "cross_shop_threshold";
                limit?: number;
                live?: string;
                q?: string;
                state?: "draft" | "published" | "paused" | "ended";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["OfferView"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postOffers: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfferView"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOffersOfferId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                offerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfferView"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patchOffersOfferId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                offerId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    balanceFrom?: string & (unknown & unknown);
                    balanceTo?: string & (unknown & unknown);
                    deposit?: number;
                    endsAt?: string & (unknown & unknown);
                    every?: number;
                    expandsTo?: number;
                    giftSku?: string;
                    limitPerCustomer?: number | null;
                    nth?: number;
                    off?: number;
                    percentOff?: number | null;
                    price?: number | null;
                    quantity?: number;
                    quota?: number | null;
                    repeat?: boolean;
                    scope?: {
                        categories?: string[];
                        skus?: string[];
                    } | null;
                    shops?: string[] | null;
                    spend?: number;
                    startsAt?: string & (unknown & unknown);
                    tiers?: {
                        off: number;
                        spend: number;
                    }[];
                    title?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfferView"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOffersOfferIdCoupons: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                q?: string;
                state?: "free" | "used" | "expired";
            };
            header?: never;
            path: {
                offerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Coupon"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postOffersOfferIdCoupons: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                offerId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    count: number;
                    expiresAt?: string & (unknown & unknown);
                    owner?: {
                        externalId?: string;
                        phone?: string;
                        shop: string;
                    };
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuedCoupons"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postOffersOfferIdEnd: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                offerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfferView"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOffersOfferIdHistory: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                offerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfferHistory"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postOffersOfferIdPause: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                offerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfferView"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postOffersOfferIdPublish: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                offerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfferView"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postOffersOfferIdResume: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                offerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfferView"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOffersOfferIdUsage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                offerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfferUsage"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOffersCounts: {
        parameters: {
            query?: {
                kind?: "limited_time_discount" | "threshold_reduction" | "coupon" | "nth_item" | "gift" | "flash_sale" | "presale" | "cross_shop_threshold";
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfferCounts"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postOffersPreview: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    cart?: {
                        at?: string & (unknown & unknown);
                        lines: {
                            quantity: number;
                            sku: string;
                        }[];
                        shop: string;
                    };
                    offer: components["schemas"]["OfferDraft"];
                    /** Format: uuid */
                    offerId?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfferPreview"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOrders: {
        parameters: {
            query?: {
                channel?: string;
                createdFrom?: unknown;
                createdTo?: unknown;
                cursor?: string;
                customer?: string;
                held?: string;
                hold?: string;
                limit?: number;
                offer?: string;
                phone?: string;
                presale?: string;
                q?: string;
                shop?: string;
                sort?: "-createdAt" | "createdAt";
                status?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["OrderSummary"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postOrders: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    channel: string;
                    couponCodes?: string[];
                    /** @default {} */
                    customer?: {
                        email?: string;
                        externalId?: string;
                        level?: string;
                        name?: string;
                        phone?: string;
                    };
                    device?: string;
                    externalNo?: string;
                    lines: {
                        quantity: number;
                        sku: string;
                        unitPrice?: number;
                    }[];
                    /**
                     * @default online
                     * @enum {string}
                     */
                    payment?: "prepaid" | "online" | "cod";
                    placedAt?: string & (unknown & unknown);
                    remark?: string;
                    shipTo: components["schemas"]["ShipTo"];
                    shop: string;
                    total?: components["schemas"]["Money"];
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlacedOrder"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOrdersArchive: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArchiveOverview"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOrdersArchiveOrders: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                month?: string;
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ArchivedOrder"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOrdersArchivePreview: {
        parameters: {
            query?: {
                before?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArchivePreview"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postOrdersArchiveRuns: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @default archive
                     * @enum {string}
                     */
                    kind?: "archive" | "restore";
                    month?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArchiveRun"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOrdersOrderId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orderId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOrdersOrderIdAllocation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orderId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderAllocation"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postOrdersOrderIdAmend: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                orderId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    lines?: {
                        /** Format: uuid */
                        lineId?: string;
                        quantity: number;
                        sku?: string;
                    }[];
                    /** @default false */
                    preview?: boolean;
                    /** @default  */
                    reason?: string;
                    remark?: string;
                    shipTo?: {
                        address?: string;
                        city?: string;
                        country?: string;
                        district?: string;
                        name?: string;
                        phone?: string;
                        province?: string;
                    };
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AmendedOrder"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postOrdersOrderIdCancel: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                orderId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                    /** @default true */
                    refundDeposit?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postOrdersOrderIdClaims: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                orderId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    couponCode?: string;
                    /** @enum {string} */
                    kind: "coupon_not_applied" | "offer_not_applied" | "points_missing" | "price_wrong" | "gift_missing" | "other";
                    /** @default  */
                    note?: string;
                    offer?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Claim"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postOrdersOrderIdConfirmReceipt: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                orderId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOrdersOrderIdExplanation: {
        parameters: {
            query?: {
                locale?: "zh-CN" | "en";
            };
            header?: never;
            path: {
                orderId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderExplanation"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postOrdersOrderIdExtendReceipt: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                orderId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    days: 3 | 7;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postOrdersOrderIdHold: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                orderId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default manual */
                    code?: string;
                    /** @default  */
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postOrdersOrderIdIdentity: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                orderId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    documentEnd?: string;
                    /** @enum {string} */
                    method: "id_card" | "passport" | "business_licence" | "phone_call" | "video_call" | "other";
                    /** @default  */
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postOrdersOrderIdIntercept: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                orderId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOrdersOrderIdInvoicePreview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orderId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvoicePreview"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOrdersOrderIdInvoiceTitles: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orderId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            account?: string;
                            address?: string;
                            bank?: string;
                            email?: string;
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            kind: "personal" | "company";
                            name: string;
                            phone?: string;
                            preferred: boolean;
                            taxId?: string;
                            /** Format: date-time */
                            usedAt: string;
                        }[];
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postOrdersOrderIdInvoiceTitles: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                orderId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: email */
                    email?: string;
                    /** @default false */
                    preferred?: boolean;
                    title: components["schemas"]["InvoiceTitleInput"];
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            account?: string;
                            address?: string;
                            bank?: string;
                            email?: string;
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            kind: "personal" | "company";
                            name: string;
                            phone?: string;
                            preferred: boolean;
                            taxId?: string;
                            /** Format: date-time */
                            usedAt: string;
                        }[];
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteOrdersOrderIdInvoiceTitlesTitleId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orderId: string;
                titleId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Nothing"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOrdersOrderIdMergeCandidates: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orderId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MergeCandidates"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postOrdersOrderIdPayments: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                orderId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    channel: string;
                    clientIp?: string;
                    /** @enum {string} */
                    method?: "native" | "jsapi" | "h5" | "page" | "wap" | "qr";
                    openid?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOrdersOrderIdPriority: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orderId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderPriority"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postOrdersOrderIdRefunds: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                orderId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    amount: number;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Refund"][];
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postOrdersOrderIdRelease: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                orderId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    codes?: string[];
                    /** @default  */
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postOrdersOrderIdRestore: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                orderId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postOrdersOrderIdReview: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                orderId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    decision: "approve" | "reject" | "ask" | "require_id";
                    /** @default  */
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOrdersOrderIdSnapshot: {
        parameters: {
            query?: {
                locale?: "zh-CN" | "en";
            };
            header?: never;
            path: {
                orderId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SnapshotView"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postOrdersOrderIdSplit: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                orderId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    by?: "warehouse" | "availability";
                    groups?: ({
                        /** Format: uuid */
                        lineId: string;
                        quantity: number;
                    }[] | {
                        lines: {
                            /** Format: uuid */
                            lineId: string;
                            quantity: number;
                        }[];
                    })[];
                    /** @default false */
                    preview?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SplitOrderResult"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOrdersOrderIdTimeline: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orderId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            actor: {
                                id: string;
                                kind: string;
                                name: string;
                            };
                            /** Format: date-time */
                            at: string;
                            data: unknown;
                            summary: string;
                            type: string;
                        }[];
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postOrdersOrderIdUndoMerge: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                orderId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UndoResult"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postOrdersOrderIdUndoSplit: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                orderId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UndoResult"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOrdersOrderIdVersions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orderId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderVersions"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postOrdersBatch: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    orders: unknown[];
                    /** @default false */
                    together?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchResult"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOrdersCounts: {
        parameters: {
            query?: {
                channel?: string;
                createdFrom?: unknown;
                createdTo?: unknown;
                customer?: string;
                held?: string;
                hold?: string;
                offer?: string;
                phone?: string;
                presale?: string;
                q?: string;
                shop?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderCounts"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postOrdersMerge: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default false */
                    confirm?: boolean;
                    orderIds: string[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MergeOrdersResult"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postOrdersSplitAddress: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    text: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SplitAddress"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getParcels: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                orderId?: string;
                q?: string;
                status?: "created" | "verified" | "shipped" | "exception" | "delivered" | "returned" | "cancelled";
                warehouse?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Parcel"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postParcels: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    lines?: {
                        /** Format: uuid */
                        lineId: string;
                        quantity?: number;
                    }[];
                    orderId: string;
                    warehouse?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Parcel"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getParcelsParcelId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                parcelId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Parcel"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postParcelsParcelIdCancel: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                parcelId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Parcel"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postParcelsParcelIdCarton: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                parcelId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    carton: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Parcel"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getParcelsParcelIdLabelPdf: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                parcelId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postParcelsParcelIdScan: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                parcelId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    code: string;
                    /** @default 1 */
                    quantity?: number;
                    /** Format: uuid */
                    scanId?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Parcel"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postParcelsParcelIdShip: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                parcelId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    carrier: string;
                    waybillNo?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Parcel"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getParcelsParcelIdSlipPdf: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                parcelId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postParcelsParcelIdWeigh: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                parcelId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    carton?: string;
                    reason?: string;
                    weightG: number;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Parcel"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getParcelsParcelIdWeighings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                parcelId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Weighing"][];
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getParcelsByCodeCode: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WarehouseWork"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postParcelsLabels: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    parcelIds: string[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPaymentChannels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["PaymentChannel"][];
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postPaymentChannels: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    channel: "wechat" | "alipay" | "sandbox";
                    /** @default {} */
                    config?: {
                        [key: string]: unknown;
                    };
                    enabled: boolean;
                    /** @default null */
                    fee?: {
                        /** @default null */
                        capFen?: number | null;
                        /** @default 0 */
                        fixedFen?: number;
                        /** @default 0 */
                        floorFen?: number;
                        rateMillionths: number;
                    } | null;
                    /** @default {} */
                    limits?: {
                        /** @default null */
                        dayFen?: number | null;
                        /** @default null */
                        maxFen?: number | null;
                        /** @default null */
                        minFen?: number | null;
                    };
                    name: string;
                    /** @default {} */
                    secrets?: {
                        [key: string]: string | null;
                    };
                    /** @default null */
                    shops?: string[] | null;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentChannel"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPaymentChannelsAccountId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                accountId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentChannel"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putPaymentChannelsAccountId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                accountId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default {} */
                    config?: {
                        [key: string]: unknown;
                    };
                    enabled: boolean;
                    /** @default null */
                    fee?: {
                        /** @default null */
                        capFen?: number | null;
                        /** @default 0 */
                        fixedFen?: number;
                        /** @default 0 */
                        floorFen?: number;
                        rateMillionths: number;
                    } | null;
                    /** @default {} */
                    limits?: {
                        /** @default null */
                        dayFen?: number | null;
                        /** @default null */
                        maxFen?: number | null;
                        /** @default null */
                        minFen?: number | null;
                    };
                    name: string;
                    /** @default {} */
                    secrets?: {
                        [key: string]: string | null;
                    };
                    /** @default null */
                    shops?: string[] | null;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentChannel"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postPaymentChannelsAccountIdPromote: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                accountId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentChannel"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postPaymentChannelsAccountIdTest: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                accountId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentChannelTest"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPaymentStories: {
        parameters: {
            query: {
                number: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentStory"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPayments: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                status?: "pending" | "succeeded" | "failed" | "closed";
                subject?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Payment"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPaymentsPaymentId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                paymentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postPaymentsPaymentIdQuery: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                paymentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPaymentsPaymentIdRecords: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                paymentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["PaymentRecord"][];
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPaymentsPaymentIdRefunds: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                paymentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["RefundWork"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postPaymentsPaymentIdRefunds: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                paymentId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    amount: number;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refund"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPaymentsOptions: {
        parameters: {
            query: {
                subject: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentOptions"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPermissions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            description: string;
                            permission: string;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postPersonalDataReveal: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    fields?: string[];
                    id: string;
                    kind: string;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        fields: {
                            [key: string]: string;
                        };
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPicks: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                orderId?: string;
                q?: string;
                status?: "picking" | "picked" | "shipped" | "cancelled";
                warehouse?: string;
                wave?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Pick"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPicksPickId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                pickId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pick"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postPicksPickIdCancel: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                pickId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pick"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postPicksPickIdScan: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                pickId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    bin?: string;
                    code: string;
                    /** @default 1 */
                    quantity?: number;
                    /** Format: uuid */
                    scanId?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pick"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postPicksPickIdShort: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                pickId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    bin?: string;
                    /** Format: uuid */
                    lineId: string;
                    missing: number;
                    /** @default  */
                    note?: string;
                    /** Format: uuid */
                    scanId?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShortPick"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPortalAgreementChecksToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        holds: boolean;
                        no: string;
                        organisation: string;
                        seal: string | null;
                        sha256: string;
                        signedAt: string | null;
                        /** @enum {string} */
                        state: "draft" | "sent" | "signed" | "superseded" | "withdrawn";
                        version: number;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPortalAgreementsToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgreementToSign"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPortalAgreementsTokenPdf: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postPortalAgreementsTokenSign: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @constant */
                    agree: true;
                    name: string;
                    sha256: string;
                    signature: {
                        /** @constant */
                        kind: "typed";
                    } | {
                        image: string;
                        /** @constant */
                        kind: "drawn";
                    };
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgreementToSign"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postPortalBackInStock: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    customer: {
                        /** Format: email */
                        email?: string;
                        name?: string;
                        phone?: string;
                    };
                    org: string;
                    shop?: string;
                    sku: string;
                };
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPortalBackInStockToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Withdrawal"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postPortalBackInStockTokenWithdraw: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Withdrawal"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPortalExceptionsToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PortalOffer"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postPortalExceptionsToken: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    choice: "substitute" | "wait" | "refund";
                    sku?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PortalOffer"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postPortalFeedback: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default  */
                    comment?: string;
                    /** @default {} */
                    more?: {
                        [key: string]: number;
                    };
                    score: number;
                    token: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PortalFeedback"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPortalFeedbackToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PortalFeedback"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPortalOrdersOrderId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orderId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPortalOrdersOrderIdAgreements: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orderId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AgreementToSign"][];
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPortalOrdersOrderIdAgreementsAgreementIdPdf: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                agreementId: string;
                orderId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postPortalOrdersOrderIdAgreementsAgreementIdSign: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                agreementId: string;
                orderId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @constant */
                    agree: true;
                    name: string;
                    sha256: string;
                    signature: {
                        /** @constant */
                        kind: "typed";
                    } | {
                        image: string;
                        /** @constant */
                        kind: "drawn";
                    };
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgreementToSign"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postPortalOrdersOrderIdAmend: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                orderId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default  */
                    reason?: string;
                    remark?: string;
                    shipTo?: {
                        address?: string;
                        city?: string;
                        country?: string;
                        district?: string;
                        name?: string;
                        phone?: string;
                        province?: string;
                    };
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AmendedOrder"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postPortalOrdersOrderIdCancel: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                orderId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPortalOrdersOrderIdClaims: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orderId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["MyClaim"][];
                        may: boolean;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postPortalOrdersOrderIdClaims: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                orderId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    couponCode?: string;
                    /** @enum {string} */
                    kind: "coupon_not_applied" | "offer_not_applied" | "points_missing" | "price_wrong" | "gift_missing" | "other";
                    /** @default  */
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["MyClaim"][];
                        may: boolean;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postPortalOrdersOrderIdConfirmReceipt: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                orderId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postPortalOrdersOrderIdExtendReceipt: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                orderId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    days: 3 | 7;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postPortalOrdersOrderIdIntercept: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                orderId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPortalOrdersOrderIdInvoices: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orderId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            amount: components["schemas"]["Money"];
                            answer: string | null;
                            /** @enum {string} */
                            color: "blue" | "red";
                            dueAt: string | null;
                            /** Format: uuid */
                            id: string;
                            mailing: {
                                carrier: string;
                                waybillNo: string;
                            } | null;
                            may: string[];
                            /** @enum {string} */
                            medium: "digital" | "paper";
                            no: string;
                            number: string | null;
                            paused: boolean;
                            /** @enum {string} */
                            status: "waiting_payment" | "pending_review" | "blocked" | "confirming" | "ready" | "issuing" | "issued" | "reversed" | "failed" | "rejected" | "cancelled";
                            title: {
                                /** @enum {string} */
                                kind: "personal" | "company";
                                name: string;
                            };
                            /** @enum {string} */
                            type: "general" | "special";
                        }[];
                        may: string[];
                        open: components["schemas"]["Money"] | null;
                        titles: {
                            account?: string;
                            address?: string;
                            bank?: string;
                            email?: string;
                            /** @enum {string} */
                            kind: "personal" | "company";
                            name: string;
                            phone?: string;
                            preferred: boolean;
                            taxId?: string;
                        }[];
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postPortalOrdersOrderIdInvoices: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                orderId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: email */
                    email?: string;
                    mail?: {
                        address: string;
                        name: string;
                        phone: string;
                    };
                    /** @enum {string} */
                    medium: "digital" | "paper";
                    note?: string;
                    title: components["schemas"]["InvoiceTitleInput"];
                    /** @enum {string} */
                    type: "general" | "special";
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            amount: components["schemas"]["Money"];
                            answer: string | null;
                            /** @enum {string} */
                            color: "blue" | "red";
                            dueAt: string | null;
                            /** Format: uuid */
                            id: string;
                            mailing: {
                                carrier: string;
                                waybillNo: string;
                            } | null;
                            may: string[];
                            /** @enum {string} */
                            medium: "digital" | "paper";
                            no: string;
                            number: string | null;
                            paused: boolean;
                            /** @enum {string} */
                            status: "waiting_payment" | "pending_review" | "blocked" | "confirming" | "ready" | "issuing" | "issued" | "reversed" | "failed" | "rejected" | "cancelled";
                            title: {
                                /** @enum {string} */
                                kind: "personal" | "company";
                                name: string;
                            };
                            /** @enum {string} */
                            type: "general" | "special";
                        }[];
                        may: string[];
                        open: components["schemas"]["Money"] | null;
                        titles: {
                            account?: string;
                            address?: string;
                            bank?: string;
                            email?: string;
                            /** @enum {string} */
                            kind: "personal" | "company";
                            name: string;
                            phone?: string;
                            preferred: boolean;
                            taxId?: string;
                        }[];
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postPortalOrdersOrderIdInvoicesInvoiceIdCancel: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                invoiceId: string;
                orderId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            amount: components["schemas"]["Money"];
                            answer: string | null;
                            /** @enum {string} */
                            color: "blue" | "red";
                            dueAt: string | null;
                            /** Format: uuid */
                            id: string;
                            mailing: {
                                carrier: string;
                                waybillNo: string;
                            } | null;
                            may: string[];
                            /** @enum {string} */
                            medium: "digital" | "paper";
                            no: string;
                            number: string | null;
                            paused: boolean;
                            /** @enum {string} */
                            status: "waiting_payment" | "pending_review" | "blocked" | "confirming" | "ready" | "issuing" | "issued" | "reversed" | "failed" | "rejected" | "cancelled";
                            title: {
                                /** @enum {string} */
                                kind: "personal" | "company";
                                name: string;
                            };
                            /** @enum {string} */
                            type: "general" | "special";
                        }[];
                        may: string[];
                        open: components["schemas"]["Money"] | null;
                        titles: {
                            account?: string;
                            address?: string;
                            bank?: string;
                            email?: string;
                            /** @enum {string} */
                            kind: "personal" | "company";
                            name: string;
                            phone?: string;
                            preferred: boolean;
                            taxId?: string;
                        }[];
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPortalOrdersOrderIdInvoicesInvoiceIdPdf: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                invoiceId: string;
                orderId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPortalOrdersOrderIdParcels: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orderId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["PortalParcel"][];
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPortalOrdersOrderIdPaymentOptions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orderId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentOptions"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postPortalOrdersOrderIdPayments: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                orderId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    channel: string;
                    clientIp?: string;
                    /** @enum {string} */
                    method?: "native" | "jsapi" | "h5" | "page" | "wap" | "qr";
                    openid?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPortalOrdersOrderIdTimeline: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orderId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            actor: {
                                id: string;
                                kind: string;
                                name: string;
                            };
                            /** Format: date-time */
                            at: string;
                            data: unknown;
                            summary: string;
                            type: string;
                        }[];
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postPortalSessions: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    orderNo: string;
                    phone: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        expiresAt: string;
                        /** Format: uuid */
                        orderId: string;
                        token: string;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPresales: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["PresaleOverview"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPriceHistory: {
        parameters: {
            query: {
                shop?: string;
                sku: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisiblePrices"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProducts: {
        parameters: {
            query?: {
                category?: string;
                cursor?: string;
                limit?: number;
                q?: string;
                status?: "on_sale" | "off_sale";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Product"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postProducts: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    attributes?: {
                        [key: string]: string;
                    };
                    category: string;
                    code: string;
                    /** Format: uuid */
                    pictureId?: string;
                    skus: components["schemas"]["SkuInput"][];
                    title: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Product"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProductsProductId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                productId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Product"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patchProductsProductId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                productId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    attributes?: {
                        [key: string]: string;
                    };
                    category?: string;
                    pictureId?: string | null;
                    skus?: {
                        availableFrom?: string | null;
                        backorder?: boolean;
                        fragile?: boolean;
                        heightMm?: number;
                        lengthMm?: number;
                        price?: components["schemas"]["Price"];
                        sku: string;
                        /** @enum {string} */
                        status?: "on_sale" | "off_sale";
                        /** @enum {string} */
                        storage?: "ambient" | "chilled" | "frozen";
                        title?: string;
                        weightG?: number;
                        widthMm?: number;
                    }[];
                    /** @enum {string} */
                    status?: "on_sale" | "off_sale";
                    title?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Product"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProductsProductIdPicture: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                productId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postQuotes: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    at?: string & (unknown & unknown);
                    couponCodes?: string[];
                    customer?: {
                        externalId?: string;
                        phone?: string;
                    } & {
                        [key: string]: unknown;
                    };
                    lines: {
                        quantity: number;
                        sku: string;
                    }[];
                    shop: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Quote"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReconciliationDifferences: {
        parameters: {
            query?: {
                billDate?: string;
                channel?: string;
                cursor?: string;
                kind?: "amount" | "status" | "channel_only" | "local_only" | "fee" | "duplicate";
                limit?: number;
                mine?: string;
                q?: string;
                state?: "carried" | "open" | "proposed" | "parked" | "closed" | "unsettled";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ReconciliationDifferenceSummary"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReconciliationDifferencesDifferenceId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                differenceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReconciliationDifference"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postReconciliationDifferencesDifferenceIdAssign: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                differenceId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    ownerId: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReconciliationDifference"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postReconciliationDifferencesDifferenceIdConfirm: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                differenceId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default [] */
                    fileIds?: string[];
                    /** @default  */
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReconciliationDifference"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postReconciliationDifferencesDifferenceIdNote: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                differenceId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default [] */
                    fileIds?: string[];
                    /** @default  */
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReconciliationDifference"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postReconciliationDifferencesDifferenceIdPropose: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                differenceId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    action: "add_booking" | "reverse" | "refund" | "keep_pending" | "write_off";
                    /** @default [] */
                    fileIds?: string[];
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReconciliationDifference"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postReconciliationDifferencesDifferenceIdReject: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                differenceId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    note: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReconciliationDifference"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postReconciliationDifferencesDifferenceIdReopen: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                differenceId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    note: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReconciliationDifference"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReconciliationDifferencesCounts: {
        parameters: {
            query?: {
                billDate?: string;
                channel?: string;
                kind?: "amount" | "status" | "channel_only" | "local_only" | "fee" | "duplicate";
                mine?: string;
                q?: string;
                state?: "carried" | "open" | "proposed" | "parked" | "closed" | "unsettled";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            count: number;
                            /** @enum {string} */
                            kind: "amount" | "status" | "channel_only" | "local_only" | "fee" | "duplicate";
                            /** @enum {string} */
                            state: "carried" | "open" | "proposed" | "parked" | "closed";
                        }[];
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReconciliations: {
        parameters: {
            query?: {
                channel?: string;
                cursor?: string;
                from?: string;
                limit?: number;
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Reconciliation"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postReconciliations: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "multipart/form-data": {
                    /** Format: date */
                    billDate: string;
                    channel: string;
                    dryRun?: string;
                    /** Format: binary */
                    file: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoadedBill"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReconciliationsReconciliationId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                reconciliationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reconciliation"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReconciliationsReconciliationIdDifferences: {
        parameters: {
            query?: {
                billDate?: string;
                channel?: string;
                cursor?: string;
                kind?: "amount" | "status" | "channel_only" | "local_only" | "fee" | "duplicate";
                limit?: number;
                mine?: string;
                q?: string;
                state?: "carried" | "open" | "proposed" | "parked" | "closed" | "unsettled";
            };
            header?: never;
            path: {
                reconciliationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ReconciliationDifferenceSummary"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReconciliationsReconciliationIdFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                reconciliationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReconciliationsReconciliationIdLines: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                outcome?: "matched" | "amount" | "status" | "channel_only" | "fee" | "duplicate" | "expected" | "recorded";
                q?: string;
            };
            header?: never;
            path: {
                reconciliationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["BillLine"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postReconciliationsReconciliationIdLookAgain: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                reconciliationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reconciliation"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postReconciliationsFetch: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: date */
                    billDate: string;
                    channel: string;
                    /** @enum {string} */
                    family?: "trade" | "fund";
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoadedBill"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReconciliationsReport: {
        parameters: {
            query?: {
                channel?: string;
                from?: string;
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReconciliationReport"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRefunds: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                status?: "awaiting_approval" | "requested" | "processing" | "succeeded" | "failed" | "abnormal";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["RefundWork"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRefundsRefundId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                refundId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefundWork"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postRefundsRefundIdResolve: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                refundId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    outcome: "paid_by_hand" | "abandoned";
                    payout?: {
                        bankReference: string;
                        /** @default [] */
                        fileIds?: string[];
                        /** @default  */
                        note?: string;
                        payee: {
                            account: string;
                            /** @default  */
                            bank?: string;
                            name: string;
                        };
                    };
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefundWork"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postRefundsRefundIdRetry: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                refundId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefundWork"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postRefundsRefundIdTake: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                refundId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefundWork"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReplenishments: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Replenishment"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postReplenishmentsSkuExpect: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                sku: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    expectedAt: unknown;
                    /** @default  */
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        requests: number;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReviewRules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ReviewRule"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postReviewRules: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    action: {
                        /** @constant */
                        do: "hold";
                        hold: string;
                    } | {
                        /** @constant */
                        do: "require_id";
                    } | {
                        /** @constant */
                        do: "refuse";
                        message: string;
                    } | {
                        /** @constant */
                        do: "tag";
                        tag: string;
                    };
                    code: string;
                    /** @default [] */
                    conditions?: {
                        field: string;
                        operator: string;
                        value: number | boolean | string[] | {
                            amount: number;
                            /** @enum {string} */
                            currency: "CNY" | "HKD" | "USD" | "EUR" | "GBP" | "JPY";
                        };
                    }[];
                    title: string;
                    /** @default null */
                    window?: {
                        /** @enum {string} */
                        by: "phone" | "address" | "device" | "customer";
                        count: number;
                        minutes: number;
                    } | null;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewRule"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReviewRulesRuleId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                ruleId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewRule"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patchReviewRulesRuleId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                ruleId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    action?: {
                        /** @constant */
                        do: "hold";
                        hold: string;
                    } | {
                        /** @constant */
                        do: "require_id";
                    } | {
                        /** @constant */
                        do: "refuse";
                        message: string;
                    } | {
                        /** @constant */
                        do: "tag";
                        tag: string;
                    };
                    conditions?: {
                        field: string;
                        operator: string;
                        value: number | boolean | string[] | {
                            amount: number;
                            /** @enum {string} */
                            currency: "CNY" | "HKD" | "USD" | "EUR" | "GBP" | "JPY";
                        };
                    }[];
                    title?: string;
                    window?: {
                        /** @enum {string} */
                        by: "phone" | "address" | "device" | "customer";
                        count: number;
                        minutes: number;
                    } | null;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewRule"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postReviewRulesRuleIdOff: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                ruleId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewRule"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postReviewRulesRuleIdOn: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                ruleId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewRule"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postReviewRulesReorder: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    ruleIds: string[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ReviewRule"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postReviewRulesTry: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    days?: number;
                    /** @default 2000 */
                    last?: number;
                    rule?: components["schemas"]["ReviewRuleInput"];
                    /** Format: uuid */
                    ruleId?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewTrial"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReviews: {
        parameters: {
            query?: {
                cursor?: string;
                hold?: string;
                limit?: number;
                shop?: string;
                view?: "open" | "waiting" | "all";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ReviewItem"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReviewsOrderId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                orderId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Review"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postReviewsOrderIdClaim: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                orderId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewClaim"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postReviewsOrderIdUnclaim: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                orderId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Nothing"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReviewsCounts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewCounts"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRoles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Role"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postRoles: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    code: string;
                    name: {
                        en: string;
                        "zh-CN": string;
                    };
                    permissions: string[];
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Role"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patchRolesCode: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: {
                        en: string;
                        "zh-CN": string;
                    };
                    permissions?: string[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Role"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putRolesCodeLimits: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    limits: {
                        [key: string]: number | null;
                    };
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Role"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSandboxBillsBillDate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                billDate: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            section: string;
                        }[];
                        nextCursor: null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSettingsSection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                section: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settings"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putSettingsSection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                section: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    values: {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settings"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSettlementsItems: {
        parameters: {
            query?: {
                about?: string;
                cursor?: string;
                kind?: "sale" | "refund" | "commission" | "fee" | "compensation" | "adjustment" | "hold" | "release" | "carry_in" | "carry_out";
                limit?: number;
                open?: string;
                partyId?: string;
                statementId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettlementItemList"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSettlementsParties: {
        parameters: {
            query?: {
                cursor?: string;
                kind?: "shop" | "supplier" | "station";
                limit?: number;
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettlementPartyList"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postSettlementsParties: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @default CNY
                     * @enum {string}
                     */
                    currency?: "CNY" | "HKD" | "USD" | "EUR" | "GBP" | "JPY";
                    /** Format: date-time */
                    effectiveFrom?: string;
                    /** @enum {string} */
                    kind: "shop" | "supplier" | "station";
                    name?: string;
                    /** @default  */
                    note?: string;
                    /** @default false */
                    own?: boolean;
                    reference: string;
                    terms: {
                        /**
                         * @default {
                         *       "kind": "completed"
                         *     }
                         */
                        basis?: {
                            /** @constant */
                            kind: "completed";
                        } | {
                            days: number;
                            /** @constant */
                            kind: "shipped";
                        };
                        /**
                         * @default us
                         * @enum {string}
                         */
                        channelFee?: "us" | "party";
                        /**
                         * @default {
                         *       "rateMillionths": 0,
                         *       "fixed": 0,
                         *       "floor": null,
                         *       "cap": null,
                         *       "categories": [],
                         *       "onFreight": false,
                         *       "backOnRefund": true,
                         *       "onOthersMoney": false
                         *     }
                         */
                        commission?: {
                            /** @default true */
                            backOnRefund?: boolean;
                            /** @default null */
                            cap?: number | null;
                            /** @default [] */
                            categories?: {
                                path: string;
                                rateMillionths: number;
                            }[];
                            /** @default 0 */
                            fixed?: number;
                            /** @default null */
                            floor?: number | null;
                            /** @default false */
                            onFreight?: boolean;
                            /** @default false */
                            onOthersMoney?: boolean;
                            /** @default 0 */
                            rateMillionths?: number;
                        };
                        cycle: {
                            days: number;
                            /** @constant */
                            kind: "daily";
                        } | {
                            /** @constant */
                            kind: "weekly";
                            weekday: number;
                        } | {
                            day: number;
                            /** @constant */
                            kind: "monthly";
                        };
                        /**
                         * @default {
                         *       "rateMillionths": 0,
                         *       "amount": 0,
                         *       "days": 30
                         *     }
                         */
                        hold?: {
                            /** @default 0 */
                            amount?: number;
                            /** @default 30 */
                            days?: number;
                            /** @default 0 */
                            rateMillionths?: number;
                        };
                        /** @default 0 */
                        minimum?: number;
                    };
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettlementParty"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSettlementsPartiesPartyId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                partyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettlementParty"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postSettlementsPartiesPartyIdAccount: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                partyId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    account: string;
                    bank: string;
                    /** @default  */
                    branch?: string;
                    payee: string;
                };
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettlementParty"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postSettlementsPartiesPartyIdAdjust: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                partyId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    amount: number;
                    reason: string;
                    /** Format: uuid */
                    statementId?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettlementApprovalAsked"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postSettlementsPartiesPartyIdAgreements: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                partyId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: date-time */
                    effectiveFrom: string;
                    /** @default  */
                    note?: string;
                    terms: {
                        /**
                         * @default {
                         *       "kind": "completed"
                         *     }
                         */
                        basis?: {
                            /** @constant */
                            kind: "completed";
                        } | {
                            days: number;
                            /** @constant */
                            kind: "shipped";
                        };
                        /**
                         * @default us
                         * @enum {string}
                         */
                        channelFee?: "us" | "party";
                        /**
                         * @default {
                         *       "rateMillionths": 0,
                         *       "fixed": 0,
                         *       "floor": null,
                         *       "cap": null,
                         *       "categories": [],
                         *       "onFreight": false,
                         *       "backOnRefund": true,
                         *       "onOthersMoney": false
                         *     }
                         */
                        commission?: {
                            /** @default true */
                            backOnRefund?: boolean;
                            /** @default null */
                            cap?: number | null;
                            /** @default [] */
                            categories?: {
                                path: string;
                                rateMillionths: number;
                            }[];
                            /** @default 0 */
                            fixed?: number;
                            /** @default null */
                            floor?: number | null;
                            /** @default false */
                            onFreight?: boolean;
                            /** @default false */
                            onOthersMoney?: boolean;
                            /** @default 0 */
                            rateMillionths?: number;
                        };
                        cycle: {
                            days: number;
                            /** @constant */
                            kind: "daily";
                        } | {
                            /** @constant */
                            kind: "weekly";
                            weekday: number;
                        } | {
                            day: number;
                            /** @constant */
                            kind: "monthly";
                        };
                        /**
                         * @default {
                         *       "rateMillionths": 0,
                         *       "amount": 0,
                         *       "days": 30
                         *     }
                         */
                        hold?: {
                            /** @default 0 */
                            amount?: number;
                            /** @default 30 */
                            days?: number;
                            /** @default 0 */
                            rateMillionths?: number;
                        };
                        /** @default 0 */
                        minimum?: number;
                    };
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettlementParty"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postSettlementsPartiesPartyIdBuild: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                partyId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default false */
                    final?: boolean;
                    /** Format: date */
                    through?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettlementStatement"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postSettlementsPartiesPartyIdPreview: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                partyId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: date */
                    from: string;
                    terms: {
                        /**
                         * @default {
                         *       "kind": "completed"
                         *     }
                         */
                        basis?: {
                            /** @constant */
                            kind: "completed";
                        } | {
                            days: number;
                            /** @constant */
                            kind: "shipped";
                        };
                        /**
                         * @default us
                         * @enum {string}
                         */
                        channelFee?: "us" | "party";
                        /**
                         * @default {
                         *       "rateMillionths": 0,
                         *       "fixed": 0,
                         *       "floor": null,
                         *       "cap": null,
                         *       "categories": [],
                         *       "onFreight": false,
                         *       "backOnRefund": true,
                         *       "onOthersMoney": false
                         *     }
                         */
                        commission?: {
                            /** @default true */
                            backOnRefund?: boolean;
                            /** @default null */
                            cap?: number | null;
                            /** @default [] */
                            categories?: {
                                path: string;
                                rateMillionths: number;
                            }[];
                            /** @default 0 */
                            fixed?: number;
                            /** @default null */
                            floor?: number | null;
                            /** @default false */
                            onFreight?: boolean;
                            /** @default false */
                            onOthersMoney?: boolean;
                            /** @default 0 */
                            rateMillionths?: number;
                        };
                        cycle: {
                            days: number;
                            /** @constant */
                            kind: "daily";
                        } | {
                            /** @constant */
                            kind: "weekly";
                            weekday: number;
                        } | {
                            day: number;
                            /** @constant */
                            kind: "monthly";
                        };
                        /**
                         * @default {
                         *       "rateMillionths": 0,
                         *       "amount": 0,
                         *       "days": 30
                         *     }
                         */
                        hold?: {
                            /** @default 0 */
                            amount?: number;
                            /** @default 30 */
                            days?: number;
                            /** @default 0 */
                            rateMillionths?: number;
                        };
                        /** @default 0 */
                        minimum?: number;
                    };
                    /** Format: date */
                    to: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettlementTermsPreview"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postSettlementsPaymentsPayoutIdFailed: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                payoutId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payout"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postSettlementsPaymentsPayoutIdPaid: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                payoutId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reference: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payout"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSettlementsPayouts: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                state?: "paying" | "settled";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PayoutBatchList"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postSettlementsPayouts: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    statementIds: string[];
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PayoutBatch"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSettlementsPayoutsBatchId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                batchId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PayoutBatch"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSettlementsPayoutsBatchIdFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                batchId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSettlementsStatements: {
        parameters: {
            query?: {
                cursor?: string;
                disputed?: string;
                from?: string;
                kind?: "shop" | "supplier" | "station";
                limit?: number;
                partyId?: string;
                q?: string;
                state?: string;
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettlementStatementList"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSettlementsStatementsStatementId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                statementId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettlementStatement"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postSettlementsStatementsStatementIdDispute: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                statementId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    dispute: string | null;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettlementStatement"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSettlementsStatementsStatementIdDocument: {
        parameters: {
            query?: {
                lang?: "zh-CN" | "en";
            };
            header?: never;
            path: {
                statementId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postSettlementsStatementsStatementIdSubmit: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                statementId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default  */
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettlementStatement"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSettlementsStatementsCounts: {
        parameters: {
            query?: {
                disputed?: string;
                from?: string;
                kind?: "shop" | "supplier" | "station";
                partyId?: string;
                q?: string;
                state?: string;
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettlementStatementCounts"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getShipments: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                order?: string;
                status?: "created" | "collected" | "in_transit" | "out_for_delivery" | "delivered" | "exception" | "returning" | "returned";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ShipmentSummary"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getShipmentsShipmentId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                shipmentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Shipment"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getShops: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Shop"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postShops: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    code: string;
                    /**
                     * @default CNY
                     * @enum {string}
                     */
                    currency?: "CNY" | "HKD" | "USD" | "EUR" | "GBP" | "JPY";
                    name: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Shop"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSkus: {
        parameters: {
            query?: {
                codes?: string;
                limit?: number;
                q?: string;
                warehouse?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["SkuHit"][];
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSkusSkuPriceHistory: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sku: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PriceHistory"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSpotChecks: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                state?: "pending" | "ok" | "failed" | "dropped";
                warehouse?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["SpotCheck"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSpotChecksCheckId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                checkId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SpotCheck"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSpotChecksCheckIdPhoto: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                checkId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postSpotChecksCheckIdResult: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                checkId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default [] */
                    lines?: {
                        quantity: number;
                        sku: string;
                    }[];
                    /** @default  */
                    note?: string;
                    /** Format: uuid */
                    photoId?: string;
                    /** @enum {string} */
                    result: "ok" | "wrong" | "missing" | "damaged" | "mislabelled";
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SpotCheck"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSpotChecksStats: {
        parameters: {
            query?: {
                from?: string;
                to?: string;
                warehouse?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SpotCheckStats"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStock: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                lowOnly?: string;
                q?: string;
                sku?: string;
                warehouse?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Stock"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStockTakes: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                state?: "counting" | "awaiting_approval" | "posted" | "cancelled";
                warehouse?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["StockTake"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postStockTakes: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default false */
                    blind?: boolean;
                    /** @enum {string} */
                    kind: "full" | "cycle";
                    /** @default  */
                    note?: string;
                    /** @default {} */
                    scope?: {
                        abc?: ("A" | "B" | "C")[];
                        bins?: string[];
                        skus?: string[];
                        zones?: string[];
                    };
                    warehouse: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StockTake"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStockTakesTakeId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                takeId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StockTake"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStockTakesTakeIdBins: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                only?: "open" | "done" | "recount";
                q?: string;
            };
            header?: never;
            path: {
                takeId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["StockTakeBin"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postStockTakesTakeIdBins: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                takeId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    bins: string[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StockTake"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postStockTakesTakeIdCancel: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                takeId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    why: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StockTake"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postStockTakesTakeIdCounts: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                takeId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    counts: {
                        batch?: string;
                        bin: string;
                        code?: string;
                        /** Format: date-time */
                        countedAt?: string;
                        /**
                         * @default set
                         * @enum {string}
                         */
                        mode?: "set" | "add" | "done" | "empty";
                        quantity?: number;
                        scanId?: string;
                        sku?: string;
                        /**
                         * @default good
                         * @enum {string}
                         */
                        state?: "good" | "damaged" | "frozen";
                    }[];
                    /** Format: date-time */
                    sentAt?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StockTakeCounted"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStockTakesTakeIdLines: {
        parameters: {
            query?: {
                as?: "counter";
                bin?: string;
                cursor?: string;
                limit?: number;
                only?: "uncounted" | "counted" | "differing" | "recount" | "waiting" | "refused";
                sort?: "walk" | "value";
            };
            header?: never;
            path: {
                takeId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["StockTakeLine"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postStockTakesTakeIdReasons: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                takeId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    lines: string[];
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StockTake"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postStockTakesTakeIdRecounts: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                takeId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    lines?: string[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StockTake"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postStockTakesTakeIdReopen: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                takeId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default  */
                    why?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StockTake"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStockTakesTakeIdReportPdf: {
        parameters: {
            query?: {
                locale?: "zh-CN" | "en";
            };
            header?: never;
            path: {
                takeId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStockTakesTakeIdReportXlsx: {
        parameters: {
            query?: {
                locale?: "zh-CN" | "en";
            };
            header?: never;
            path: {
                takeId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStockTakesTakeIdSheetPdf: {
        parameters: {
            query?: {
                locale?: "zh-CN" | "en";
            };
            header?: never;
            path: {
                takeId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStockTakesTakeIdSheetXlsx: {
        parameters: {
            query?: {
                locale?: "zh-CN" | "en";
            };
            header?: never;
            path: {
                takeId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postStockTakesTakeIdSubmit: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                takeId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default false */
                    leaveUncounted?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StockTake"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postStockTakesPreview: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default false */
                    blind?: boolean;
                    /** @enum {string} */
                    kind: "full" | "cycle";
                    /** @default  */
                    note?: string;
                    /** @default {} */
                    scope?: {
                        abc?: ("A" | "B" | "C")[];
                        bins?: string[];
                        skus?: string[];
                        zones?: string[];
                    };
                    warehouse: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StockTakePreview"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStockTakesSuggestions: {
        parameters: {
            query: {
                limit?: number;
                warehouse: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["BinDue"][];
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postStockAdjustments: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    lines: {
                        batch?: string;
                        bin?: string;
                        /**
                         * @default on_hand
                         * @enum {string}
                         */
                        bucket?: "on_hand" | "damaged" | "frozen";
                        delta: number;
                        sku: string;
                    }[];
                    reason: string;
                    reference?: string;
                    warehouse: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StockDocument"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStockAlerts: {
        parameters: {
            query?: {
                cursor?: string;
                kind?: "low" | "over" | "slow" | "expiring";
                limit?: number;
                q?: string;
                state?: "open" | "closed";
                warehouse?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["StockAlert"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStockAlertsCounts: {
        parameters: {
            query?: {
                q?: string;
                warehouse?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StockAlertCounts"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStockAllotments: {
        parameters: {
            query?: {
                channel?: string;
                cursor?: string;
                limit?: number;
                sku?: string;
                warehouse?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Allotment"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putStockAllotments: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    channel: string;
                    quantity: number;
                    sku: string;
                    warehouse: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Allotment"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStockAudit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StockAudit"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStockBatches: {
        parameters: {
            query?: {
                cursor?: string;
                expiresBefore?: string;
                limit?: number;
                sku?: string;
                state?: "released" | "held" | "recalled";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Batch"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postStockBatchesBatchIdState: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                batchId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                    /** @enum {string} */
                    state: "released" | "held" | "recalled";
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Batch"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStockBins: {
        parameters: {
            query?: {
                batch?: string;
                bin?: string;
                cursor?: string;
                limit?: number;
                sku?: string;
                state?: "good" | "damaged" | "frozen";
                toPutAway?: string;
                warehouse?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["BinStock"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postStockDamages: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    lines: {
                        batch?: string;
                        bin?: string;
                        quantity: number;
                        sku: string;
                    }[];
                    reason: string;
                    reference?: string;
                    warehouse: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StockDocument"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStockDeliveries: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                q?: string;
                state?: "expected" | "partly" | "received" | "closed" | "cancelled";
                warehouse?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Delivery"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postStockDeliveries: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: date */
                    expectedOn?: string;
                    lines: {
                        quantity: number;
                        sku: string;
                        unitCost?: number;
                    }[];
                    reference?: string;
                    supplier: string;
                    warehouse: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStockDeliveriesDeliveryId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                deliveryId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postStockDeliveriesDeliveryIdCancel: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                deliveryId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postStockDeliveriesDeliveryIdClose: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                deliveryId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postStockDeliveriesDeliveryIdReceive: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                deliveryId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default false */
                    close?: boolean;
                    lines: {
                        batch?: string;
                        bin?: string;
                        /** Format: date */
                        expiresOn?: string;
                        /** Format: date */
                        producedOn?: string;
                        quantity: number;
                        sku: string;
                        unitCost?: number;
                    }[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStockDocuments: {
        parameters: {
            query?: {
                cursor?: string;
                kind?: "receipt" | "adjustment" | "transfer" | "move" | "freeze" | "unfreeze" | "damage" | "scrap" | "kit" | "unkit" | "count" | "reversal";
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["StockDocument"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStockDocumentsDocumentId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                documentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StockDocumentDetail"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postStockDocumentsDocumentIdReverse: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                documentId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StockDocument"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postStockFreezes: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    lines: {
                        batch?: string;
                        bin?: string;
                        quantity: number;
                        sku: string;
                    }[];
                    reason: string;
                    reference?: string;
                    warehouse: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StockDocument"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStockKits: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Kit"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putStockKitsSku: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sku: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    components: {
                        quantity: number;
                        sku: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Kit"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postStockKitsAssemble: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    bin?: string;
                    quantity: number;
                    reference?: string;
                    sku: string;
                    warehouse: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StockDocument"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postStockKitsTakeApart: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    bin?: string;
                    quantity: number;
                    reference?: string;
                    sku: string;
                    warehouse: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StockDocument"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putStockLevels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    items: {
                        safety: number;
                        sku: string;
                        warehouse: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        changed: number;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStockMoves: {
        parameters: {
            query: {
                cursor?: string;
                limit?: number;
                sku: string;
                warehouse?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["StockMove"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postStockPlan: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Nothing"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postStockReceipts: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    lines: {
                        batch?: string;
                        bin?: string;
                        /** Format: date */
                        expiresOn?: string;
                        /** Format: date */
                        producedOn?: string;
                        quantity: number;
                        sku: string;
                        unitCost?: number;
                    }[];
                    reference?: string;
                    warehouse: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StockDocument"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postStockRelocations: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    lines: {
                        batch?: string;
                        from: string;
                        quantity: number;
                        sku: string;
                        /**
                         * @default good
                         * @enum {string}
                         */
                        state?: "good" | "damaged" | "frozen";
                        to: string;
                    }[];
                    reference?: string;
                    warehouse: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StockDocument"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStockRules: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                q?: string;
                sku?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ReplenishmentRule"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putStockRules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default null */
                    coverDaysMax?: number | null;
                    /** @default null */
                    leadDays?: number | null;
                    /** @default null */
                    maxUnits?: number | null;
                    /** @default null */
                    minUnits?: number | null;
                    /** @default null */
                    orderMin?: number | null;
                    /** @default null */
                    packSize?: number | null;
                    /** @default null */
                    reviewDays?: number | null;
                    /** @default null */
                    servicePercent?: number | null;
                    sku: string;
                    /** @default null */
                    supplier?: string | null;
                    /** @default null */
                    warehouse?: string | null;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplenishmentRule"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteStockRulesSku: {
        parameters: {
            query?: {
                warehouse?: string;
            };
            header?: never;
            path: {
                sku: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Nothing"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postStockScraps: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    lines: {
                        batch?: string;
                        bin?: string;
                        /**
                         * @default damaged
                         * @enum {string}
                         */
                        from?: "on_hand" | "damaged" | "frozen";
                        quantity: number;
                        sku: string;
                    }[];
                    reason: string;
                    reference?: string;
                    warehouse: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StockDocument"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStockSkusSku: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sku: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SkuStock"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStockSkusSkuDemand: {
        parameters: {
            query: {
                days?: number;
                warehouse: string;
            };
            header?: never;
            path: {
                sku: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SkuDemand"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStockSlotting: {
        parameters: {
            query: {
                warehouse: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["SlottingSwap"][];
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStockSuggestions: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                q?: string;
                supplier?: string;
                warehouse?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ReplenishmentSuggestion"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postStockTransfers: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    from: string;
                    lines: {
                        batch?: string;
                        bin?: string;
                        quantity: number;
                        sku: string;
                    }[];
                    reference?: string;
                    to: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StockDocument"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postStockTransfersDocumentIdReceive: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                documentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StockDocument"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postStockUnfreezes: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    lines: {
                        batch?: string;
                        bin?: string;
                        quantity: number;
                        sku: string;
                    }[];
                    reason: string;
                    reference?: string;
                    warehouse: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StockDocument"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSupportAgents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            available: boolean;
                            /** Format: uuid */
                            id: string;
                            limit: number | null;
                            name: string;
                        }[];
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putSupportAgentsUserId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                userId: "me" | string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    available: boolean;
                    limit?: number | null;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            available: boolean;
                            /** Format: uuid */
                            id: string;
                            limit: number | null;
                            name: string;
                        }[];
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSupportLoad: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            available: boolean;
                            limit: number;
                            missed: number;
                            open: number;
                            person: {
                                /** Format: uuid */
                                id: string;
                                name: string;
                            };
                        }[];
                        queue: number;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSupportSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SupportSettings"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putSupportSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    values: {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SupportSettings"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postSupportSettingsRecompute: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Nothing"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSupportTeams: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["SupportTeam"][];
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postSupportTeams: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    code: string;
                    name: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["SupportTeam"][];
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putSupportTeamsTeamId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                teamId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default null */
                    calendar?: string | null;
                    /** @default [] */
                    categories?: string[];
                    /** @default true */
                    enabled?: boolean;
                    /** @default null */
                    leadId?: string | null;
                    /** @default null */
                    managerId?: string | null;
                    /** @default [] */
                    memberIds?: string[];
                    name: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["SupportTeam"][];
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTaxCodes: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                q?: string;
                scope?: "sku" | "category" | "default";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["TaxCode"][];
                        may: string[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putTaxCodes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    code: string;
                    /** @default  */
                    key?: string;
                    /** @default null */
                    policy?: ("10" | "11" | "12" | "13" | "14" | "15" | "16" | "17" | "18" | "01" | "02" | "03" | "04" | "05" | "06" | "07" | "08" | "09") | null;
                    rateBp: 1300 | 900 | 600 | 500 | 300 | 150 | 100 | 0;
                    /** @enum {string} */
                    scope: "sku" | "category" | "default";
                    shortName: string;
                    /** @default  */
                    unit?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaxCode"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteTaxCodesTaxCodeId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                taxCodeId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Nothing"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTicketCategories: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketCategories"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putTicketCategories: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    code: string;
                    enabled: boolean;
                    name: {
                        en: string;
                        "zh-CN": string;
                    };
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketCategories"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postTicketCategories: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    code: string;
                    name: {
                        en: string;
                        "zh-CN": string;
                    };
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketCategories"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTicketViews: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            filters: {
                                [key: string]: string | number;
                            };
                            /** Format: uuid */
                            id: string;
                            name: string;
                        }[];
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putTicketViews: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    filters: {
                        [key: string]: string | number;
                    };
                    name: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            filters: {
                                [key: string]: string | number;
                            };
                            /** Format: uuid */
                            id: string;
                            name: string;
                        }[];
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteTicketViewsViewId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                viewId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            filters: {
                                [key: string]: string | number;
                            };
                            /** Format: uuid */
                            id: string;
                            name: string;
                        }[];
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTickets: {
        parameters: {
            query?: {
                assignee?: "me" | "none" | string;
                category?: string;
                channel?: "api" | "console" | "phone" | "mail" | "portal" | "chat";
                clock?: "breached" | "at_risk" | "waiting";
                cursor?: string;
                customerId?: string;
                from?: string;
                limit?: number;
                orderId?: string;
                priority?: "low" | "normal" | "high" | "urgent";
                q?: string;
                severity?: "normal" | "major";
                sort?: "due" | "-createdAt";
                state?: "active" | "open" | "in_progress" | "waiting_customer" | "waiting_third_party" | "resolved" | "closed" | "merged";
                tag?: string;
                team?: string;
                to?: string;
                watching?: "me";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["TicketSummary"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postTickets: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    assigneeId?: string;
                    body: string;
                    category: string;
                    cc?: string[];
                    /** @enum {string} */
                    channel?: "api" | "console" | "phone" | "mail" | "portal" | "chat";
                    /** Format: uuid */
                    customerId?: string;
                    evidence?: string[];
                    orderId?: string;
                    /** @enum {string} */
                    priority?: "low" | "normal" | "high" | "urgent";
                    /** @enum {string} */
                    severity?: "normal" | "major";
                    subject: string;
                    tags?: string[];
                    /** Format: uuid */
                    teamId?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ticket"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTicketsTicketId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ticket"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patchTicketsTicketId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    category?: string;
                    cc?: string[];
                    customerId?: string | null;
                    orderId?: string | null;
                    /** @enum {string} */
                    priority?: "low" | "normal" | "high" | "urgent";
                    reason?: string;
                    /** @enum {string} */
                    severity?: "normal" | "major";
                    subject?: string;
                    tags?: string[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ticket"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTicketsTicketIdAgreements: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ComplaintAgreement"][];
                        may: string[];
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postTicketsTicketIdAgreements: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default 0 */
                    amount?: number;
                    customerName?: string;
                    /**
                     * @default zh-CN
                     * @enum {string}
                     */
                    locale?: "zh-CN" | "en";
                    /** @default  */
                    measures?: string;
                    /** @default  */
                    other?: string;
                    /** Format: date */
                    performBy?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ComplaintAgreement"][];
                        may: string[];
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postTicketsTicketIdAssign: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    assigneeId?: ("me" | string) | null;
                    teamId?: string | null;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ticket"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTicketsTicketIdClocks: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketCalculation"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postTicketsTicketIdEscalate: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                    /** @enum {string} */
                    to?: "assignee" | "lead" | "manager" | "duty" | "qc";
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ticket"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTicketsTicketIdFilesFileId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                fileId: string;
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postTicketsTicketIdLinks: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    kind: "order" | "parcel" | "shipment" | "after_sale" | "exception" | "claim" | "invoice" | "payment" | "ticket";
                    label?: string;
                    ref: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ticket"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteTicketsTicketIdLinksLinkKindRefId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                linkKind: "order" | "parcel" | "shipment" | "after_sale" | "exception" | "claim" | "invoice" | "payment" | "ticket";
                refId: string;
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ticket"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTicketsTicketIdMail: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketMail"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postTicketsTicketIdMerge: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    intoId?: string;
                    ticketIds?: string[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ticket"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTicketsTicketIdMessages: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["TicketMessage"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postTicketsTicketIdMessages: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default false */
                    auto?: boolean;
                    body: string;
                    /** @enum {string} */
                    channel?: "api" | "console" | "phone" | "mail" | "portal" | "chat";
                    externalId?: string;
                    files?: string[];
                    /**
                     * @default outbound
                     * @enum {string}
                     */
                    kind?: "inbound" | "outbound" | "internal";
                    /** @enum {string} */
                    next?: "wait_customer" | "wait_third_party";
                    /** @default false */
                    solution?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        message: components["schemas"]["TicketMessage"];
                        no: string;
                        /** Format: uuid */
                        ticketId: string;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postTicketsTicketIdMove: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    event: "start" | "release" | "wait_customer" | "wait_third_party" | "close";
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ticket"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postTicketsTicketIdReopen: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ticket"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTicketsTicketIdReports: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProgressReports"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postTicketsTicketIdReports: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    body: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProgressReports"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postTicketsTicketIdResolve: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    message?: string;
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ticket"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postTicketsTicketIdSplit: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    category?: string;
                    messageIds: string[];
                    subject: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ticket"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postTicketsTicketIdUnmerge: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ticket"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putTicketsTicketIdWatchers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    role: ("cc" | "watcher") | null;
                    userId: "me" | string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ticket"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTicketsAtRisk: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                metric?: "first_response" | "next_response" | "solution" | "resolution";
                team?: string;
                withinMinutes?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: date-time */
                            dueAt: string;
                            id: string;
                            /** @enum {string} */
                            metric: "first_response" | "next_response" | "solution" | "resolution";
                            state: string;
                            ticket: components["schemas"]["TicketSummary"];
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postTicketsBulk: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    action: {
                        assigneeId?: ("me" | string) | null;
                        /** @constant */
                        do: "assign";
                        teamId?: string | null;
                    } | {
                        /** @default [] */
                        add?: string[];
                        /** @constant */
                        do: "tag";
                        /** @default [] */
                        remove?: string[];
                    } | {
                        /** @constant */
                        do: "close";
                        note?: string;
                    };
                    ticketIds: string[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results: {
                            problem?: {
                                code: string;
                                title: string;
                            };
                            status: number;
                            /** Format: uuid */
                            ticketId: string;
                        }[];
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getUsers: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserList"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postUsers: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    email: string;
                    name: string;
                    password: string;
                    roles: string[];
                    /** @default null */
                    shops?: string[] | null;
                    /** @default null */
                    warehouses?: string[] | null;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getUsersUserId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patchUsersUserId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                userId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    roles?: string[];
                    shops?: string[] | null;
                    /** @enum {string} */
                    status?: "active" | "disabled";
                    warehouses?: string[] | null;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putUsersUserIdLimits: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                userId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    limits: {
                        [key: string]: number | null;
                    };
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postUsersUserIdRemoveTwoFactor: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postUsersUserIdResetPassword: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                userId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    password: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Nothing"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postUsersUserIdRevokeSessions: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ended: number;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postUsersUserIdUnlock: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWarehouses: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Warehouse"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postWarehouses: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    address?: string | {
                        [key: string]: string;
                    };
                    code: string;
                    name: string;
                    priority?: number;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Warehouse"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWarehousesWarehouseBins: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                q?: string;
                zone?: string;
            };
            header?: never;
            path: {
                warehouse: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Bin"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postWarehousesWarehouseBins: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                warehouse: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    bins: {
                        aisle?: number | null;
                        bay?: number | null;
                        code: string;
                        /**
                         * @default storage
                         * @enum {string}
                         */
                        kind?: "storage" | "quarantine";
                        level?: number | null;
                        side?: ("L" | "R") | null;
                        xMm?: number | null;
                        yMm?: number | null;
                        zone?: string | null;
                    }[];
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Bin"][];
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patchWarehousesWarehouseBinsBin: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                bin: string;
                warehouse: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    aisle?: number | null;
                    bay?: number | null;
                    closed?: boolean;
                    /** @enum {string} */
                    kind?: "storage" | "quarantine";
                    level?: number | null;
                    side?: ("L" | "R") | null;
                    xMm?: number | null;
                    yMm?: number | null;
                    zone?: string | null;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Bin"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postWarehousesWarehouseLayOut: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                warehouse: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default 3000 */
                    aislePitchMm?: number;
                    aisles: number;
                    /** @default 1200 */
                    bayPitchMm?: number;
                    bays: number;
                    /**
                     * @default {
                     *       "aisle": 0,
                     *       "end": "front"
                     *     }
                     */
                    depot?: {
                        aisle: number;
                        /** @enum {string} */
                        end: "front" | "back";
                    };
                    /** @default 1500 */
                    endMm?: number;
                    /** @default 0 */
                    firstAisle?: number;
                    levels: number;
                    /** @default false */
                    middleCrossAisle?: boolean;
                    /**
                     * @default both
                     * @enum {string}
                     */
                    sides?: "both" | "left" | "right";
                    zone: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LaidOut"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putWarehousesWarehouseLayout: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                warehouse: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    layout: components["schemas"]["WarehouseLayout"];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        layout: components["schemas"]["WarehouseLayout"];
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWarehousesWarehousePlan: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                warehouse: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WarehousePlan"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWarehousesWarehousePutAway: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                warehouse: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["PutAway"][];
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWarehousesWarehouseZones: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                warehouse: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Zone"][];
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postWarehousesWarehouseZones: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                warehouse: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    code: string;
                    name: string;
                    /**
                     * @default ambient
                     * @enum {string}
                     */
                    temperature?: "ambient" | "chilled" | "frozen";
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Zone"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWarehousesWarehouseIdService: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                warehouseId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WarehouseService"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putWarehousesWarehouseIdService: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                warehouseId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    rows: {
                        /** @default null */
                        cost?: number | null;
                        /** @default null */
                        days?: number | null;
                        /** @default false */
                        excluded?: boolean;
                        region: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WarehouseService"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWaves: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                warehouse?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["WaveSummary"][];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postWaves: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    batchOrders?: number;
                    carrier?: string;
                    limit?: number;
                    /**
                     * @default single
                     * @enum {string}
                     */
                    mode?: "single" | "batch";
                    note?: string;
                    orderIds?: string[];
                    /** Format: date-time */
                    promisedBefore?: string;
                    warehouse: string;
                    zones?: string[];
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Wave"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWavesWaveId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                waveId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Wave"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postWavesWaveIdPickRoute: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                waveId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    round?: number;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PickRoute"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWebhooks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookList"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postWebhooks: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    events: string[];
                    /** Format: uri */
                    url: string;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookWithSecret"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteWebhooksWebhookId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Nothing"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patchWebhooksWebhookId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    enabled?: boolean;
                    events?: string[];
                    /** Format: uri */
                    url?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWebhooksWebhookIdDeliveries: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                state?: "pending" | "delivered" | "failed";
            };
            header?: never;
            path: {
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDeliveryList"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postWebhooksWebhookIdDeliveriesDeliveryIdRedeliver: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                deliveryId: string;
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postWebhooksWebhookIdPing: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postWebhooksWebhookIdRotateSecret: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookWithSecret"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWebhooksEventTypes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEventTypeList"];
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postSandboxPaymentsPaymentIdSettle: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                paymentId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    amount?: number;
                    currency?: string;
                    /** @enum {string} */
                    outcome: "success" | "failure";
                    /** @default 1 */
                    times?: number;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        callbacks: {
                            status: number;
                        }[];
                        /** Format: uuid */
                        paymentId: string;
                        /** @enum {string} */
                        status: "pending" | "succeeded" | "failed" | "closed";
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postSandboxShipmentsShipmentIdAdvance: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                shipmentId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: date-time */
                    at?: string;
                    /** @default 1 */
                    times?: number;
                    /** @enum {string} */
                    to: "collected" | "in_transit" | "out_for_delivery" | "delivered" | "exception" | "returning" | "returned";
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        pushes: {
                            status: number;
                        }[];
                        /** Format: uuid */
                        shipmentId: string;
                        /** @enum {string} */
                        status: "created" | "collected" | "in_transit" | "out_for_delivery" | "delivered" | "exception" | "returning" | "returned";
                        waybillNo: string;
                    };
                };
            };
            /** @description Refused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
