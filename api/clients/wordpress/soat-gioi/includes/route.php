<?php
/**
 * The way from the editor to the server: the browser asks WordPress, which adds the key and asks the server.
 *
 * @package SoatGioi
 */

namespace SoatGioi;

defined( 'ABSPATH' ) || exit;

const ROUTE = 'soat-gioi/v1';

/** Register the route. The REST API itself refuses a logged-in browser without a nonce. */
function register_route() {
	$text = array(
		'type'    => 'string',
		'default' => '',
	);
	register_rest_route(
		ROUTE,
		'/check',
		array(
			'methods'             => 'POST',
			'callback'            => __NAMESPACE__ . '\\answer',
			'permission_callback' => __NAMESPACE__ . '\\may_ask',
			'args'                => array(
				'id'      => array(
					'type'    => 'integer',
					'minimum' => 0,
					'default' => 0,
				),
				'title'   => $text,
				'content' => $text,
				'excerpt' => $text,
			),
		)
	);
}

/**
 * Say whether who asks may have an article checked.
 *
 * @param \WP_REST_Request $request The request.
 * @return true|\WP_Error
 */
function may_ask( $request ) {
	$id = (int) $request['id'];
	if ( current_user_can( 'edit_posts' ) && ( ! $id || current_user_can( 'edit_post', $id ) ) ) {
		return true;
	}
	return new \WP_Error(
		'soat_gioi_forbidden',
		'Bạn không có quyền soát bài này.',
		array( 'status' => rest_authorization_required_code() )
	);
}

/**
 * Answer with the result of a check; nothing is kept.
 *
 * @param \WP_REST_Request $request The request.
 * @return \WP_REST_Response
 */
function answer( $request ) {
	$post   = $request['id'] ? get_post( $request['id'] ) : null;
	$author = $post ? (int) $post->post_author : get_current_user_id();
	return rest_ensure_response(
		check( article( (int) $request['id'], $request['title'], $request['content'], $request['excerpt'], $author ) )
	);
}
